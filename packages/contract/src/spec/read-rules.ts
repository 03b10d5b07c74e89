import type { CompiledInvariants, Invariant, Lifecycle } from "@qontext/sync-log-rules";
import { compileInvariants } from "@qontext/sync-log-rules";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject, jsonPointer, valueAt } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import type { Assumption, SchemaRules } from "./operation.ts";

/**
 * Compiles the invariants that stand at a place of the document.
 *
 * @throws {@link CouldNotJudgeError} `bad_rule` for one that does not compile.
 */
export function compileRulesAt(
  document: OpenApiDocument,
  pointer: string,
): CompiledInvariants | undefined {
  const owner = valueAt(document, pointer);
  if (!isJsonObject(owner) || owner["x-invariants"] === undefined) return undefined;
  const list: unknown = owner["x-invariants"];
  if (!Array.isArray(list) || !list.every(isInvariant)) {
    const shape = "a list of objects with id, rule, message and severity (error or warning)";
    throw new CouldNotJudgeError("bad_rule", `The x-invariants at ${pointer} are not ${shape}.`);
  }
  try {
    return compileInvariants(list, readLifecycle(document, pointer));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotJudgeError("bad_rule", `At ${pointer}: ${reason}`, { cause: error });
  }
}

/** The rules of every schema of the document that has any, by the schema's place. */
export function readSchemaRules(document: OpenApiDocument): ReadonlyMap<string, SchemaRules> {
  const rules = new Map<string, SchemaRules>();
  for (const { pointer, value } of objectsOf(document)) {
    const isRuled = Object.hasOwn(value, "x-invariants") || Object.hasOwn(value, "x-lifecycle");
    if (!isRuled || isInsideExample(pointer)) continue;
    const invariants = compileRulesAt(document, pointer) ?? compileInvariants([]);
    const lifecycle = readLifecycle(document, pointer);
    rules.set(pointer, { pointer, invariants, ...(lifecycle === undefined ? {} : { lifecycle }) });
  }
  return rules;
}

/** Everything the document marks with `x-assumption`. */
export function readAssumptions(document: OpenApiDocument): readonly Assumption[] {
  return [...objectsOf(document)].flatMap(({ pointer, value }) => {
    const text = value["x-assumption"];
    return typeof text === "string" && !isInsideExample(pointer) ? [{ pointer, text }] : [];
  });
}

function readLifecycle(document: OpenApiDocument, pointer: string): Lifecycle | undefined {
  const lifecycle = valueAt(document, `${pointer}/x-lifecycle`);
  if (lifecycle === undefined) return undefined;
  if (isLifecycle(lifecycle)) return lifecycle;
  const shape = "an object with property, initial, order and terminal";
  throw new CouldNotJudgeError("bad_rule", `The x-lifecycle at ${pointer} is not ${shape}.`);
}

function isInvariant(value: unknown): value is Invariant {
  if (!isJsonObject(value)) return false;
  const { id, rule, message, severity } = value;
  const texts = [id, rule, message];
  return (
    texts.every((text) => typeof text === "string") &&
    (severity === "error" || severity === "warning")
  );
}

function isLifecycle(value: unknown): value is Lifecycle {
  if (!isJsonObject(value)) return false;
  const { property, initial, order, terminal } = value;
  if (typeof property !== "string" || typeof initial !== "string" || !isJsonObject(terminal))
    return false;
  return Array.isArray(order) && order.every((status) => typeof status === "string");
}

function isInsideExample(pointer: string): boolean {
  return /(?<!\/(?:properties|responses|schemas|parameters|headers))\/(?:example|examples|default|const|enum)(?:\/|$)/.test(
    pointer,
  );
}

function* objectsOf(
  value: unknown,
  tokens: readonly string[] = [],
): Generator<{ pointer: string; value: Readonly<Record<string, unknown>> }> {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries())
      yield* objectsOf(member, [...tokens, String(index)]);
  }
  if (!isJsonObject(value)) return;
  yield { pointer: jsonPointer(tokens), value };
  for (const [key, member] of Object.entries(value)) yield* objectsOf(member, [...tokens, key]);
}
