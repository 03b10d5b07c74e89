import type {
  DocumentedResponse,
  JsonObject,
  Lifecycle,
  Located,
  NamedExample,
  OpenApiDocument,
  Operation,
  RuleBook,
} from "@qontext/sync-log-document";
import {
  collectRules,
  createSchemaRegistry,
  DocumentError,
  isJsonObject,
  isTerminalStatus,
  jsonContent,
  mergeReferences,
  readExamples,
  readProperties,
  repeatedParameters,
  schemaAt,
  statusesOf,
  templateParameters,
} from "@qontext/sync-log-document";
import { createBodyFitter } from "../engine/fit-body.ts";
import { credentialsOf } from "../http/access.ts";
import type { BodyCheck } from "./body-check.ts";
import { createBodyCheck } from "./body-check.ts";
import { completeFields, schemaExample } from "./complete-fields.ts";
import { readErrorBodies } from "./error-bodies.ts";
import type { FieldRoles } from "./field-roles.ts";
import { readFieldRoles } from "./field-roles.ts";
import type { Lists, MockedOperation } from "./read-lists.ts";
import { readLists } from "./read-lists.ts";

/** An operation whose response has a lifecycle, and all that the document says about it. */
export interface Resource extends MockedOperation, Lists {
  /** Status of the response that has the lifecycle. */
  readonly successStatus: number;
  readonly lifecycle: Lifecycle;
  /** For each status a body that obeys every rule. */
  readonly examples: ReadonlyMap<string, JsonObject>;
  /** Name of the example of each status that has one. */
  readonly exampleNames: ReadonlyMap<string, string>;
  readonly roles: FieldRoles;
  /** Names of the path parameters, in the order of the path. */
  readonly pathParameters: readonly string[];
  /** The path parameter that tells one run from another: the last one. */
  readonly idParameter: string;
  /** The path parameter that tells whose a run is: the first one, if there are two. */
  readonly ownerParameter: string | undefined;
  /** The documented example of each path parameter. */
  readonly pathExamples: Readonly<Record<string, string>>;
  /** Ids that the document shows, each once. */
  readonly documentedIds: readonly string[];
  readonly check: BodyCheck;
}

/**
 * Finds the operation whose response has a lifecycle; `undefined` in a document without one.
 *
 * @throws DocumentError if the document contradicts itself: no valid example of the initial status, say.
 * @throws DocumentError and {@link RuleCompileError} if its schemas or rules cannot be used.
 */
export function readResource(document: OpenApiDocument): Resource | undefined {
  const rules = collectRules(document);
  // An operation that starts a run, or lists runs, may come before the one that reads one.
  const reads = document.operations.filter(isReadOfOne);
  for (const operation of new Set([...reads, ...document.operations])) {
    for (const response of operation.responses) {
      if (!/^2\d\d$/.test(response.status)) continue;
      const { lifecycle } = rules.rulesFor(operation.id, Number(response.status));
      if (lifecycle !== undefined) {
        return buildResource(document, operation, response, lifecycle, rules);
      }
    }
  }
  return undefined;
}

/** Whether an operation reads what its path names at the end. */
function isReadOfOne({ method, path }: Operation): boolean {
  return method === "GET" && path.endsWith("}");
}

function buildResource(
  document: OpenApiDocument,
  operation: Operation,
  response: DocumentedResponse,
  lifecycle: Lifecycle,
  rules: RuleBook,
): Resource {
  const content = jsonContent(response);
  const pathParameters = templateParameters(operation.path);
  const idParameter = pathParameters.at(-1);
  if (content?.schemaPointer === undefined || idParameter === undefined) {
    throw invalid(
      document,
      operation.node.pointer,
      `${operation.id} has a lifecycle, but no path parameter.`,
    );
  }
  const successStatus = Number(response.status);
  const ownRules = rules.rulesFor(operation.id, successStatus);
  const schemas = createSchemaRegistry(document, { unknown: "note", direction: "response" });
  const check = createBodyCheck(schemas, content.schemaPointer, ownRules);
  const schema = mergedSchema(document, content.schemaPointer);
  const properties = readProperties(document, schema);
  const pathFields = repeatedParameters(document, operation, rules);
  const fitBody = createBodyFitter(document);
  const fitted = readExamples(document, content).map((example) => {
    return { ...example, value: fitBody(schema.pointer, example.value) };
  });
  const valid = validExamples(fitted, lifecycle, (body) =>
    completeFields(body, properties, schema.value, (candidate) => {
      return check(candidate, { status: successStatus, path: pathOf(candidate, pathFields) });
    }),
  );
  const examples = completeExamples(valid, lifecycle);
  if (examples === undefined) {
    const { property, initial } = lifecycle;
    const problem = `${operation.id} needs an example whose ${property} is "${initial}", the initial status, and that breaks no rule.`;
    throw invalid(document, content.pointer, problem);
  }
  const pathExamples = readPathExamples(document, operation, examples, pathFields);
  const idFields = [...pathFields].flatMap(([field, name]) =>
    name === idParameter ? (properties.get(field) ?? []) : [],
  );
  const errors = readErrorBodies(document, operation, rules, schemas);
  // Unknown keywords and formats may be hints; a pattern that is not checked would let wrong bodies pass.
  const pattern = schemas.notes.find(({ kind }) => kind === "pattern");
  if (pattern !== undefined) throw invalid(document, pattern.pointer, pattern.message);
  return {
    operation,
    credentials: credentialsOf(operation),
    successStatus,
    lifecycle,
    examples,
    exampleNames: new Map([...valid].map(([key, { name }]) => [key, name])),
    roles: readFieldRoles(properties, ownRules, lifecycle, pathFields, examples),
    pathParameters,
    idParameter,
    ownerParameter: pathParameters.length > 1 ? pathParameters[0] : undefined,
    pathExamples,
    documentedIds: readDocumentedIds(pathExamples[idParameter], idFields[0]),
    check,
    errors,
    ...readLists({
      document,
      resource: operation,
      examples: [...examples.values()],
      rules,
      schemas,
      errors,
    }),
  };
}

function invalid(document: OpenApiDocument, pointer: string, problem: string): DocumentError {
  return new DocumentError("invalid_object", problem, { pointer, place: document.locate(pointer) });
}

/** A schema with what its references lead to; a boolean one says nothing. */
function mergedSchema(document: OpenApiDocument, pointer: string): Located {
  return mergeReferences(document, schemaAt(document, pointer) ?? { pointer, value: {} });
}

interface ValidExample {
  readonly name: string;
  readonly body: JsonObject;
}

/** The first example of each status that obeys the rules; one that breaks a rule shows no state of the service. */
function validExamples(
  examples: readonly NamedExample[],
  lifecycle: Lifecycle,
  complete: (body: JsonObject) => JsonObject | undefined,
): ReadonlyMap<string, ValidExample> {
  const found = new Map<string, ValidExample>();
  for (const { name, value } of examples) {
    const status = isJsonObject(value) ? value[lifecycle.property] : undefined;
    if (!isJsonObject(value) || typeof status !== "string" || found.has(status)) continue;
    const body = complete(value);
    if (body !== undefined) found.set(status, { name, body });
  }
  return found;
}

/** A status without an example of its own looks like the one before it; undefined without one of the initial status. */
function completeExamples(
  valid: ReadonlyMap<string, ValidExample>,
  lifecycle: Lifecycle,
): ReadonlyMap<string, JsonObject> | undefined {
  const initial = valid.get(lifecycle.initial)?.body;
  if (initial === undefined) return undefined;
  const complete = new Map<string, JsonObject>();
  let previous = initial;
  for (const status of statusesOf(lifecycle)) {
    const body = valid.get(status)?.body ?? { ...previous, [lifecycle.property]: status };
    complete.set(status, body);
    if (!isTerminalStatus(lifecycle, status)) previous = body;
  }
  return complete;
}

function readPathExamples(
  document: OpenApiDocument,
  operation: Operation,
  examples: ReadonlyMap<string, JsonObject>,
  pathFields: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const [body = {}] = examples.values();
  const found: Record<string, string> = pathOf(body, pathFields);
  for (const { name, in: place, node, schemaPointer } of operation.parameters) {
    if (place !== "path") continue;
    const schema = schemaPointer === undefined ? {} : mergedSchema(document, schemaPointer).value;
    const example = textOf(readExamples(document, node)[0]?.value ?? schemaExample(schema));
    if (example !== "") found[name] = example;
  }
  return found;
}

/** The path parameters of a body, as its own fields repeat them. */
function pathOf(body: JsonObject, pathFields: ReadonlyMap<string, string>): Record<string, string> {
  const path: Record<string, string> = {};
  for (const [field, name] of pathFields) path[name] = textOf(body[field]) || (path[name] ?? "");
  return path;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function readDocumentedIds(
  parameter: string | undefined,
  property: Located | undefined,
): readonly string[] {
  const { example, examples } = property?.value ?? {};
  const listed: readonly unknown[] = Array.isArray(examples) ? examples : [];
  const ids = [parameter, example, ...listed].map(textOf).filter((id) => id !== "");
  return [...new Set(ids)];
}
