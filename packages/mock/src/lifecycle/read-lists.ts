import type {
  Credential,
  JsonObject,
  OpenApiDocument,
  Operation,
  RuleBook,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  findCollections,
  isJsonObject,
  jsonContent,
  readExamples,
  successResponses,
} from "@qontext/sync-log-document";
import { createBodyFitter } from "../engine/fit-body.ts";
import { credentialsOf } from "../http/access.ts";
import type { ErrorBodies } from "./error-bodies.ts";
import { readErrorBodies } from "./error-bodies.ts";

/** An operation that is answered from the state of the mock: what guards it, and how it refuses. */
export interface MockedOperation {
  readonly operation: Operation;
  readonly credentials: readonly Credential[];
  readonly errors: ErrorBodies;
}

/** An operation that lists a resource. */
export interface MockedList extends MockedOperation {
  /** The body, as JSON text. @param items - The JSON texts of all that is listed. */
  readonly bodyOf: (items: readonly string[]) => string;
}

/** The lists of a resource, as far as their bodies can be known. @param errors - Those of the resource. */
export function readLists(
  document: OpenApiDocument,
  resource: Operation,
  rules: RuleBook,
  schemas: SchemaRegistry,
  errors: ErrorBodies,
): readonly MockedList[] {
  const collections = findCollections(document, rules).filter(({ item }) => item === resource);
  return collections.flatMap(({ list: operation, listPath }) => {
    const bodyOf = readBody(document, operation, listPath, schemas);
    if (bodyOf === undefined) return [];
    return {
      operation,
      credentials: credentialsOf(operation),
      errors: readErrorBodies(document, operation, rules, schemas, errors),
      bodyOf,
    };
  });
}

function readBody(
  document: OpenApiDocument,
  operation: Operation,
  listPath: readonly string[],
  schemas: SchemaRegistry,
): MockedList["bodyOf"] | undefined {
  if (listPath.length === 0) return listText;
  const [success] = successResponses(operation);
  const content = success && jsonContent(success);
  const pointer = content?.schemaPointer;
  if (content === undefined || pointer === undefined) return undefined;
  const fitBody = createBodyFitter(document);
  const isValid = (body: JsonObject): boolean => schemas.validate(pointer, body).length === 0;
  const model = [
    ...readExamples(document, content).map(({ value }) => value),
    enclose({}, listPath),
  ]
    .map((value) => fitBody(pointer, value))
    .find((value) => isJsonObject(value) && isValid(value));
  if (!isJsonObject(model)) return undefined;
  const length = lengthAt(model, listPath);
  const frame = withoutOptional(model, listPath, length, isValid);
  const place = "list of the mock";
  return (items) => {
    const text = JSON.stringify(enclose(frame, listPath, place), (_, value: unknown) =>
      value === length ? items.length : value,
    );
    return text.replace(JSON.stringify(place), () => listText(items));
  };
}

function listText(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}

/** The number of items that an example lists: the same number beside the list is taken for their count. */
function lengthAt(body: JsonObject, path: readonly string[]): number | undefined {
  const list = path.reduce<unknown>((at, step) => (isJsonObject(at) ? at[step] : undefined), body);
  return Array.isArray(list) && list.length > 1 ? list.length : undefined;
}

/** A body with another list in it. */
function enclose(body: unknown, [step, ...rest]: readonly string[], list: unknown = []): unknown {
  if (step === undefined) return list;
  const members = isJsonObject(body) ? body : {};
  return { ...members, [step]: enclose(members[step], rest, list) };
}

/** A body without what may be absent or null beside its list: the whole list is on one page, and has no next one. */
function withoutOptional(
  body: JsonObject,
  [step = "", ...rest]: readonly string[],
  count: number | undefined,
  isValid: (body: JsonObject) => boolean,
): JsonObject {
  let own = body;
  for (const [name, value] of Object.entries(body)) {
    if (name === step || value === count) continue;
    const { [name]: _, ...without } = own;
    own = [without, { ...own, [name]: null }].find(isValid) ?? own;
  }
  const inner = own[step];
  if (rest.length === 0 || !isJsonObject(inner)) return own;
  const isInnerValid = (candidate: JsonObject): boolean => isValid({ ...own, [step]: candidate });
  return { ...own, [step]: withoutOptional(inner, rest, count, isInnerValid) };
}
