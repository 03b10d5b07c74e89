import type { SourcePlace } from "./document-error.ts";
import { DocumentError } from "./document-error.ts";
import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { appendPointer, pointerTokens, valueAt } from "./json-pointer.ts";
import type { Operation } from "./operation.ts";
import { readOperations } from "./operation.ts";
import type { DocumentNode, Located } from "./walk-document.ts";
import { walkDocument } from "./walk-document.ts";

/** What a chain of references leads to. */
export interface Resolved<Node extends Located = Located> {
  /** The object that is not a reference itself; of the kind that the first one has. */
  readonly target: Node;
  /** The references on the way, first to last: OpenAPI 3.1 lets them say something beside `$ref`. */
  readonly references: readonly Node[];
}

/** An OpenAPI document in one piece: every `$ref` starts with `#`. */
export interface OpenApiDocument {
  readonly value: JsonObject;
  readonly version: "3.0" | "3.1";
  /** The document itself, to walk from. */
  readonly root: DocumentNode;
  /** The operations of its paths, in its order. Webhooks and callbacks are not operations of the API. */
  readonly operations: readonly Operation[];

  /**
   * What a pointer points at; undefined if there is nothing.
   *
   * @throws {@link DocumentError} `invalid_pointer`
   */
  at(pointer: string): unknown;

  /**
   * Follows `$ref` after `$ref`.
   *
   * @throws {@link DocumentError} `reference_unresolved` if they lead to nothing, out of the document or in a circle;
   *   `invalid_pointer`
   */
  resolve<Node extends Located>(node: Node): Resolved<Node>;

  /** Every object of the specification in it, each once, parents first. References are not followed. */
  walk(): Iterable<DocumentNode>;

  /** Where a pointer leads to in the file; undefined for a document without a file, and for what came from another file. */
  locate(pointer: string): SourcePlace | undefined;
}

/**
 * Makes a parsed document ready to be asked.
 *
 * @param locate - Says where something stands in its file. @default nothing is known of files
 * @throws {@link DocumentError} `document_unsupported` if it is not an OpenAPI 3.0 or 3.1 document.
 */
export function openDocument(
  value: unknown,
  locate: (pointer: string) => SourcePlace | undefined = () => undefined,
): OpenApiDocument {
  const { object, version } = checkVersion(value, locate);
  const root: DocumentNode = { kind: "document", pointer: "#", value: object, names: [] };
  let operations: readonly Operation[] | undefined;
  const document: OpenApiDocument = {
    value: object,
    version,
    root,
    get operations(): readonly Operation[] {
      return (operations ??= readOperations(document));
    },
    at: (pointer) => valueAt(object, pointer),
    resolve: (node) => resolveReferences(document, node),
    walk: () => walkDocument(root),
    locate,
  };
  return document;
}

/**
 * Makes sure that every reference leads to an object, so that none is found broken later.
 *
 * @throws {@link DocumentError} `reference_unresolved` or `invalid_pointer`, for the first that does not.
 */
export function assertReferences(document: OpenApiDocument): void {
  for (const node of document.walk()) document.resolve(node);
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

function resolveReferences<Node extends Located>(
  document: OpenApiDocument,
  node: Node,
): Resolved<Node> {
  const references: Node[] = [];
  let current = node;
  for (let { $ref } = current.value; typeof $ref === "string"; { $ref } = current.value) {
    const value = $ref.startsWith("#") ? referenced(document, $ref, current) : undefined;
    if (!isJsonObject(value))
      throw unresolved(document, current, `leads to nothing in the document`);
    if (references.some(({ pointer }) => pointer === current.pointer)) {
      throw unresolved(document, node, "leads in a circle");
    }
    references.push(current);
    // The same place may be encoded in several ways; comparing pointers needs one.
    current = { ...node, pointer: appendPointer("#", ...pointerTokens($ref)), value };
  }
  return { target: current, references };
}

function referenced(document: OpenApiDocument, reference: string, { pointer }: Located): unknown {
  try {
    return document.at(reference);
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    const place = document.locate(pointer);
    throw new DocumentError(cause.code, cause.problem, { pointer, place, cause });
  }
}

function unresolved(
  document: OpenApiDocument,
  { pointer, value }: Located,
  what: string,
): DocumentError {
  const problem = `the reference ${JSON.stringify(value["$ref"])} ${what}.`;
  return new DocumentError("reference_unresolved", problem, {
    pointer,
    place: document.locate(pointer),
  });
}
