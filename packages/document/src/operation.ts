import type { AddressableDocument } from "./addressable-document.ts";
import { DocumentError } from "./document-error.ts";
import { isJsonMediaType, objectMembers } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import type { SecurityAlternative } from "./security.ts";
import { readSecurity } from "./security.ts";
import type { DocumentNode, Located } from "./walk-document.ts";
import { childrenOf } from "./walk-document.ts";

/** Where a parameter stands in the request. */
export type ParameterPlace = "path" | "query" | "header" | "cookie";

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  /** Always true of a path parameter. */
  readonly isRequired: boolean;
  /** Its object, references followed. */
  readonly node: DocumentNode;
  /** Where its schema stands; undefined if it has none. */
  readonly schemaPointer: string | undefined;
}

/** A media type of a request body or response. */
export interface MediaType extends Located {
  /** As documented: `application/json`, `text/*`. */
  readonly mediaType: string;
  /** Where its schema stands; undefined if it has none. */
  readonly schemaPointer: string | undefined;
}

/** A response that an operation is documented to have. */
export interface DocumentedResponse {
  /** `200`, `4XX` or `default`, as it is written. */
  readonly status: string;
  /** Its object, references followed. */
  readonly node: DocumentNode;
  readonly content: readonly MediaType[];
  /** The headers by their names, references followed; `Content-Type` is for the media types to say (section 4.8.17). */
  readonly headers: ReadonlyMap<string, DocumentNode>;
}

/** A request body, references followed. */
export interface RequestBody {
  readonly node: DocumentNode;
  readonly content: readonly MediaType[];
}

/** An operation with everything that its references lead to. */
export interface Operation {
  /** The operationId, or `GET /the/{path}` without one. */
  readonly id: string;
  readonly operationId: string | undefined;
  /** In upper case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly node: DocumentNode;
  /** Those of the path, then those of the operation, each once. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly DocumentedResponse[];
  /** The ways to authenticate, any one of which is enough; none if no credential is asked for. */
  readonly security: readonly SecurityAlternative[];
}

/**
 * Reads the operations of a document's paths.
 *
 * @throws DocumentError `reference_unresolved`; `invalid_object` for a parameter without a name or a known place.
 */
export function readOperations(document: AddressableDocument): readonly Operation[] {
  const paths = childrenOf(document.root).filter(({ kind }) => kind === "paths");
  return paths.flatMap(childrenOf).flatMap((item) => readPathItem(document, item));
}

/**
 * Reads the operations of a document's webhooks, which the API calls; their `path` is the name of the webhook.
 *
 * @throws DocumentError as {@link readOperations} does.
 */
export function readWebhooks(document: AddressableDocument): readonly Operation[] {
  const items = childrenOf(document.root).filter(({ kind }) => kind === "pathItem");
  return items.flatMap((item) => readPathItem(document, item));
}

/**
 * Reads the operations of one path item: of a path, a webhook or a callback, by whose name they have their `path`.
 *
 * @throws DocumentError as {@link readOperations} does.
 */
export function readPathItem(
  document: AddressableDocument,
  item: DocumentNode,
): readonly Operation[] {
  const path = item.names.at(-1) ?? "";
  const { target, references } = document.resolve(item);
  // A path item may have operations beside its $ref (section 4.8.9); of two for one method the nearer counts.
  const members = [target, ...references.toReversed()].flatMap(childrenOf);
  const shared = members.filter(({ kind }) => kind === "parameter");
  const operations = members.filter(({ kind }) => kind === "operation");
  const byMethod = new Map(operations.map((node) => [methodOf(node), node]));
  return [...byMethod.values()].map((node) => readOperation(document, path, node, shared));
}

function readOperation(
  document: AddressableDocument,
  path: string,
  node: DocumentNode,
  shared: readonly DocumentNode[],
): Operation {
  const method = methodOf(node);
  const { operationId } = node.value;
  const members = childrenOf(node);
  const own = members.filter(({ kind }) => kind === "parameter");
  const parameters = [...shared, ...own].map((child) => readParameter(document, child));
  const body = members.find(({ kind }) => kind === "requestBody");
  const bodyNode = body && document.resolve(body).target;
  const responses = members.filter(({ kind }) => kind === "responses").flatMap(childrenOf);
  return {
    id: typeof operationId === "string" ? operationId : `${method} ${path}`,
    operationId: typeof operationId === "string" ? operationId : undefined,
    method,
    path,
    node,
    // A parameter of the operation takes the place of the path's with the same name and place.
    parameters: [...new Map(parameters.map((one) => [`${one.in} ${one.name}`, one])).values()],
    requestBody: bodyNode && { node: bodyNode, content: readContent(bodyNode) },
    responses: responses.map((response) => readResponse(document, response)),
    security: readSecurity(document, node.value["security"] ?? document.value["security"]),
  };
}

function methodOf({ pointer }: DocumentNode): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1).toUpperCase();
}

function readParameter(document: AddressableDocument, reference: DocumentNode): Parameter {
  const node = document.resolve(reference).target;
  const { name, in: place, required, schema } = node.value;
  if (typeof name !== "string" || !isPlace(place)) {
    throw new DocumentError(
      "invalid_object",
      "the parameter needs a `name`, and an `in` that is path, query, header or cookie.",
      { pointer: node.pointer, place: document.locate(node.pointer) },
    );
  }
  return {
    name,
    in: place,
    isRequired: place === "path" || required === true,
    node,
    schemaPointer: schema === undefined ? undefined : appendPointer(node.pointer, "schema"),
  };
}

/** How a parameter is written: OpenAPI 3.1, section 4.8.12.2, with its defaults. */
export function parameterStyle({ in: place, node }: Pick<Parameter, "in" | "node">): {
  readonly style: string;
  readonly isExploded: boolean;
} {
  const { style: written, explode } = node.value;
  const byDefault = place === "query" || place === "cookie" ? "form" : "simple";
  const style = typeof written === "string" ? written : byDefault;
  return { style, isExploded: typeof explode === "boolean" ? explode : style === "form" };
}

function isPlace(value: unknown): value is ParameterPlace {
  return value === "path" || value === "query" || value === "header" || value === "cookie";
}

function readResponse(document: AddressableDocument, reference: DocumentNode): DocumentedResponse {
  const node = document.resolve(reference).target;
  const headers = childrenOf(node).filter(({ kind }) => kind === "header");
  return {
    status: reference.names.at(-1) ?? "",
    node,
    content: readContent(node),
    headers: new Map(
      headers
        .map((header) => [header.names.at(-1) ?? "", document.resolve(header).target] as const)
        .filter(([name]) => name.toLowerCase() !== "content-type"),
    ),
  };
}

/** The media types of a request body, response, parameter or header, in the document's order. */
export function readContent({ pointer, value }: Located): readonly MediaType[] {
  return objectMembers(value["content"]).map(([mediaType, media]) => {
    const at = appendPointer(pointer, "content", mediaType);
    return {
      mediaType,
      pointer: at,
      value: media,
      schemaPointer: media["schema"] === undefined ? undefined : appendPointer(at, "schema"),
    };
  });
}

/** The first JSON media type of a request body or response. */
export function jsonContent({
  content,
}: {
  readonly content: readonly MediaType[];
}): MediaType | undefined {
  return content.find(({ mediaType }) => isJsonMediaType(mediaType));
}

/** The documented response that a status belongs to: its own, then its range, then the default (OpenAPI 3.1, section 4.8.16). */
export function responseFor(
  { responses }: Pick<Operation, "responses">,
  status: number,
): DocumentedResponse | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}xx`, "default"];
  return keys
    .map((key) => responses.find((response) => response.status.toLowerCase() === key))
    .find((response) => response !== undefined);
}

/** The responses that are successes: 2xx, or the default where there is no 2xx. */
export function successResponses({
  responses,
}: Pick<Operation, "responses">): readonly DocumentedResponse[] {
  const successes = responses.filter(({ status }) => /^2(?:\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
}
