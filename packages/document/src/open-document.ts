import type { AddressableDocument, Resolved } from "./addressable-document.ts";
import type { SourcePlace } from "./document-error.ts";
import { DocumentError } from "./document-error.ts";
import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { appendPointer, canonicalPointer, valueAt } from "./json-pointer.ts";
import type { Operation } from "./operation.ts";
import { readOperations } from "./operation.ts";
import type { DocumentNode, Located } from "./walk-document.ts";
import { walkDocument } from "./walk-document.ts";

/** An OpenAPI document in one piece: every `$ref` starts with `#`. */
export interface OpenApiDocument extends AddressableDocument {
  /** The operations of its paths, in its order. Webhooks and callbacks are not operations of the API. */
  readonly operations: readonly Operation[];
}

/**
 * Makes a parsed document ready to be asked.
 *
 * @param locate - Says where something stands in its file. @default nothing is known of files
 * @throws DocumentError `document_unsupported` if it is not an OpenAPI 3.0 or 3.1 document.
 */
export function openDocument(
  value: unknown,
  locate: (pointer: string) => SourcePlace | undefined = () => undefined,
): OpenApiDocument {
  const { object, version } = checkVersion(value, locate);
  const root: DocumentNode = { kind: "document", pointer: "#", value: object, names: [] };
  let operations: readonly Operation[] | undefined;
  let nodes: readonly DocumentNode[] | undefined;
  const document: OpenApiDocument = {
    value: object,
    version,
    root,
    get operations(): readonly Operation[] {
      return (operations ??= readOperations(document));
    },
    at: (pointer) => valueAt(object, pointer),
    resolve: (node) => resolveReferences(document, node),
    walk: () => (nodes ??= [...walkDocument(root)]),
    locate,
  };
  return document;
}

/**
 * Makes sure that every reference leads to an object, and that the operations can be read, so that nothing is found broken later.
 *
 * @throws DocumentError `reference_unresolved`, `invalid_pointer` or `invalid_object`, for the first that is wrong.
 */
export function assertReferences(document: OpenApiDocument): void {
  for (const node of document.walk()) document.resolve(node);
  readOperations(document);
}

function checkVersion(
  value: unknown,
  locate: (pointer: string) => SourcePlace | undefined,
): { readonly object: JsonObject; readonly version: "3.0" | "3.1" } {
  const stated = isJsonObject(value) ? value["openapi"] : undefined;
  const [, version] = typeof stated === "string" ? (/^(3\.[01])\.\d/.exec(stated) ?? []) : [];
  if (isJsonObject(value) && (version === "3.0" || version === "3.1")) {
    return { object: value, version };
  }
  const found =
    stated === undefined
      ? "it has no `openapi` version"
      : `\`openapi\` is ${JSON.stringify(stated)}`;
  throw new DocumentError(
    "document_unsupported",
    `The document must be OpenAPI 3.0 or 3.1, but ${found}.`,
    { place: locate("#/openapi") ?? locate("#") },
  );
}

/** No document needs as many in a row; without a bound a long chain takes the square of its length. */
const maxReferences = 100;

function resolveReferences<Node extends Located>(
  document: AddressableDocument,
  node: Node,
): Resolved<Node> {
  const references: Node[] = [];
  let current = node;
  for (let { $ref } = current.value; typeof $ref === "string"; { $ref } = current.value) {
    const value = $ref.startsWith("#") ? referenced(document, $ref, current) : undefined;
    if (value === undefined)
      throw unresolved(document, current, `leads to nothing in the document`);
    if (references.length === maxReferences) {
      throw unresolved(
        document,
        node,
        `leads in a circle, or through more than ${maxReferences} others`,
      );
    }
    references.push(current);
    current = { ...node, pointer: canonicalPointer($ref), value };
  }
  return { target: current, references };
}

function referenced(
  document: AddressableDocument,
  reference: string,
  { pointer }: Located,
): JsonObject | undefined {
  try {
    const value = document.at(reference);
    // A schema may be true or false, and each is equal to an object (JSON Schema 2020-12, section 4.3.2).
    if (typeof value === "boolean") return value ? {} : { not: {} };
    return isJsonObject(value) ? value : undefined;
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    const place = document.locate(appendPointer(pointer, "$ref"));
    throw new DocumentError(cause.code, cause.problem, { pointer, place, cause });
  }
}

function unresolved(
  document: AddressableDocument,
  { pointer, value }: Located,
  what: string,
): DocumentError {
  const problem = `the reference ${JSON.stringify(value["$ref"])} ${what}.`;
  return new DocumentError("reference_unresolved", problem, {
    pointer,
    place: document.locate(appendPointer(pointer, "$ref")),
  });
}
