import type { Operation } from "./collect-operations.ts";
import { isJsonObject, objectEntries } from "./document/json.ts";
import type { JsonObject } from "./document/json.ts";
import { joinPointer } from "./document/json-pointer.ts";
import { walkDocument } from "./document/walk-document.ts";
import type { Report } from "./problem.ts";

/** What an invariant is about: a component schema by its name, or the body of an operation's response. */
export type InvariantTarget =
  | { readonly schema: string }
  | { readonly operationId: string; readonly status: string };

/** An entry of an `x-invariants` list with what it is about. */
export interface TargetedInvariant {
  readonly id: string;
  readonly rule: string;
  readonly message: string;
  readonly severity: string;
  readonly target: InvariantTarget;
}

/** An `x-lifecycle` with the name of the component schema that has it. */
export interface SchemaLifecycle {
  readonly schema: string;
  readonly property: string;
  readonly initial: string;
  readonly order: readonly string[];
  readonly terminal: Readonly<Record<string, string>>;
}

/** Every `x-invariants` of the component schemas, then of the responses. */
export function collectInvariants(
  document: JsonObject,
  operations: readonly Operation[],
  report: Report,
): readonly TargetedInvariant[] {
  const places: (readonly [InvariantTarget, string, JsonObject])[] = [];
  for (const [schema, pointer, value] of componentSchemas(document)) {
    places.push([{ schema }, pointer, value]);
  }
  for (const { operationId, responses } of operations) {
    for (const [status, { pointer, value }] of responses) {
      places.push([{ operationId, status }, pointer, value]);
    }
  }
  const handled = new Set(places.map(([, , value]) => value));
  reportLeftOut(document, "x-invariants", handled, report);
  return places.flatMap(([target, pointer, { "x-invariants": list }]) => {
    if (list === undefined) return [];
    if (isListOf(list, isInvariant)) return list.map((entry) => ({ ...entry, target }));
    const shape = 'a list of {id, rule, message, severity}, the severity "error" or "warning"';
    reportShape(report, joinPointer(pointer, "x-invariants"), shape);
    return [];
  });
}

/** Every `x-lifecycle` of the component schemas. */
export function collectLifecycles(
  document: JsonObject,
  report: Report,
): readonly SchemaLifecycle[] {
  const places = componentSchemas(document);
  const handled = new Set(places.map(([, , value]) => value));
  reportLeftOut(document, "x-lifecycle", handled, report);
  return places.flatMap(([schema, pointer, { "x-lifecycle": lifecycle }]) => {
    if (lifecycle === undefined) return [];
    const read = readLifecycle(lifecycle);
    if (read !== undefined) return [{ schema, ...read }];
    const shape =
      "an object with the strings property and initial, the list of strings order, and the object terminal from status to outcome";
    reportShape(report, joinPointer(pointer, "x-lifecycle"), shape);
    return [];
  });
}

function componentSchemas(
  document: JsonObject,
): readonly (readonly [string, string, JsonObject])[] {
  const { components } = document;
  const schemas = isJsonObject(components) ? objectEntries(components["schemas"]) : [];
  return schemas.map(([name, value]) => [name, joinPointer("#/components/schemas", name), value]);
}

function readLifecycle(value: unknown): Omit<SchemaLifecycle, "schema"> | undefined {
  if (!isJsonObject(value)) return undefined;
  const { property, initial, order, terminal } = value;
  if (!isString(property) || !isString(initial) || !isListOf(order, isString)) return undefined;
  if (!isJsonObject(terminal) || !hasOnlyStrings(terminal)) return undefined;
  return { property, initial, order, terminal };
}

function isInvariant(value: unknown): value is Omit<TargetedInvariant, "target"> {
  if (!isJsonObject(value)) return false;
  const { id, rule, message, severity } = value;
  return [id, rule, message].every(isString) && (severity === "error" || severity === "warning");
}

function hasOnlyStrings(value: JsonObject): value is Record<string, string> {
  return Object.values(value).every(isString);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem);
}

function reportShape(report: Report, pointer: string, shape: string): void {
  report({ severity: "error", ruleId: "extension-shape", message: `must be ${shape}.`, pointer });
}

/** An extension at a place that has no name in the generated code must not be lost without a word. */
function reportLeftOut(
  document: JsonObject,
  extension: string,
  handled: ReadonlySet<JsonObject>,
  report: Report,
): void {
  for (const { value, pointer } of walkDocument(document)) {
    if (value[extension] === undefined || handled.has(value)) continue;
    const message = `${extension} is read from component schemas and responses only; it is left out here.`;
    report({ severity: "warning", ruleId: "extension-place", message, pointer });
  }
}
