import { isTerminalStatus, statusesOf } from "@qontext/sync-log-rules";
import type { Lifecycle, RuleBook } from "@qontext/sync-log-rules";
import { createBodyCheck } from "../spec/body-check.ts";
import type { BodyCheck, SchemaCompiler } from "../spec/body-check.ts";
import type { ErrorBodies } from "../spec/error-bodies.ts";
import { readErrorBodies } from "../spec/error-bodies.ts";
import { isJsonObject } from "../spec/json.ts";
import type { JsonObject } from "../spec/json.ts";
import type { ApiPath, Operation } from "../spec/read-paths.ts";
import { jsonContent, pointerTo } from "../spec/read-responses.ts";
import type { NamedExample } from "../spec/read-responses.ts";
import type { KeyPlace } from "../spec/read-security.ts";
import { readSecurity } from "../spec/read-security.ts";
import { readProperties } from "../spec/read-properties.ts";
import { resolveRef } from "../spec/resolve-ref.ts";
import { SpecError } from "../errors.ts";
import { completeFields } from "./complete-fields.ts";
import { readFieldRoles } from "./field-roles.ts";
import type { FieldRoles } from "./field-roles.ts";

/** An operation whose answer has a lifecycle, and all that the document says of it. */
export interface Resource {
  readonly path: ApiPath;
  readonly operation: Operation;
  readonly keyPlaces: readonly KeyPlace[];
  /** Status of the answer that has the lifecycle. */
  readonly successStatus: number;
  readonly lifecycle: Lifecycle;
  /** For each status a body that obeys every rule. */
  readonly examples: ReadonlyMap<string, JsonObject>;
  /** Name of the example of each status that has one. */
  readonly exampleNames: ReadonlyMap<string, string>;
  readonly roles: FieldRoles;
  /** The path parameter that tells one resource from another: the last one. */
  readonly idParameter: string;
  /** The path parameter that tells whose it is: the first one, if there are two. */
  readonly tenantParameter: string | undefined;
  /** The documented example of each path parameter. */
  readonly pathExamples: Readonly<Record<string, string>>;
  /** Ids that the document shows, each once. */
  readonly documentedIds: readonly string[];
  readonly check: BodyCheck;
  readonly errors: ErrorBodies;
}

/**
 * Finds the operation whose answer has a lifecycle; `undefined` in a document without one.
 *
 * @throws {@link SpecError} when the document contradicts itself: no valid example of the initial status, say.
 */
export function readResource(
  document: JsonObject,
  paths: readonly ApiPath[],
  rules: RuleBook,
  compiler: () => SchemaCompiler,
): Resource | undefined {
  for (const path of paths) {
    for (const operation of path.operations.values()) {
      const responses = resolveRef(document, operation.node["responses"]);
      for (const status of Object.keys(responses).filter((code) => /^2\d\d$/.test(code))) {
        const { lifecycle } = rules.rulesFor(operation.id, Number(status));
        if (lifecycle === undefined) continue;
        return buildResource(document, path, operation, status, lifecycle, rules, compiler());
      }
    }
  }
  return undefined;
}

function buildResource(
  document: JsonObject,
  path: ApiPath,
  operation: Operation,
  status: string,
  lifecycle: Lifecycle,
  rules: RuleBook,
  compiler: SchemaCompiler,
): Resource {
  const responses = resolveRef(document, operation.node["responses"]);
  const content = jsonContent(document, responses[status]);
  const pointer = pointerTo(document, path.template, operation.method, status);
  const idParameter = path.parameters.at(-1);
  if (content === undefined || pointer === undefined || idParameter === undefined) {
    throw new SpecError(
      `${operation.id} has a lifecycle, but no JSON answer or no path parameter.`,
    );
  }
  const successStatus = Number(status);
  const ownRules = rules.rulesFor(operation.id, successStatus);
  const check = createBodyCheck(compiler.compile(pointer), ownRules);
  const properties = readProperties(document, content.schema);
  const valid = validExamples(content.examples, lifecycle, (body) =>
    completeFields(body, properties, content.schema, (candidate) =>
      check(candidate, { status: successStatus, path: pathOf(candidate, path.parameters) }),
    ),
  );
  const examples = completeExamples(valid, lifecycle, operation.id);
  const pathExamples = readPathExamples(document, path, operation, examples);
  return {
    path,
    operation,
    keyPlaces: readSecurity(document, operation.node),
    successStatus,
    lifecycle,
    examples,
    exampleNames: new Map([...valid].map(([key, { name }]) => [key, name])),
    roles: readFieldRoles(properties, ownRules, lifecycle, path.parameters, examples),
    idParameter,
    tenantParameter: path.parameters.length > 1 ? path.parameters[0] : undefined,
    pathExamples,
    documentedIds: readDocumentedIds(pathExamples[idParameter], properties.get(idParameter)),
    check,
    errors: readErrorBodies(document, path.template, operation, rules, compiler),
  };
}

interface ValidExample {
  readonly name: string;
  readonly body: JsonObject;
}

/** The first example of each status that obeys the rules; an example that breaks one shows no state of the service. */
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

function pathOf(body: JsonObject, parameters: readonly string[]): Record<string, string> {
  return Object.fromEntries(parameters.map((name) => [name, textOf(body[name])]));
}

/** A status without an example of its own looks like the one before it. */
function completeExamples(
  valid: ReadonlyMap<string, ValidExample>,
  lifecycle: Lifecycle,
  operation: string,
): ReadonlyMap<string, JsonObject> {
  const initial = valid.get(lifecycle.initial)?.body;
  if (initial === undefined) {
    throw new SpecError(
      `${operation} needs an example whose ${lifecycle.property} is "${lifecycle.initial}", the initial status, and that breaks no rule.`,
    );
  }
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
  document: JsonObject,
  path: ApiPath,
  operation: Operation,
  examples: ReadonlyMap<string, JsonObject>,
): Readonly<Record<string, string>> {
  const item = resolveRef(document, resolveRef(document, document["paths"])[path.template]);
  const lists = [item["parameters"], operation.node["parameters"]].filter((list) =>
    Array.isArray(list),
  );
  const found: Record<string, string> = {};
  const [body] = examples.values();
  for (const name of path.parameters) found[name] = textOf(body?.[name]);
  for (const parameter of lists.flat().map((node) => resolveRef(document, node))) {
    const { name, example, in: place } = parameter;
    if (place !== "path" || typeof name !== "string") continue;
    const schema = resolveRef(document, parameter["schema"]);
    const listed = Array.isArray(schema["examples"]) ? schema["examples"][0] : schema["example"];
    const value = example ?? listed;
    if (typeof value === "string" || typeof value === "number") found[name] = String(value);
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function readDocumentedIds(
  parameter: string | undefined,
  property: JsonObject | undefined,
): readonly string[] {
  const listed = Array.isArray(property?.["examples"]) ? property["examples"] : [];
  const ids = [parameter, property?.["example"], ...listed].map(textOf).filter((id) => id !== "");
  return [...new Set(ids)];
}
