import type { JsonObject, Located } from "./document-reader.ts";
import { isJsonObject, joinPointer } from "./document-reader.ts";
import type { Invariant } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { RuleBookError } from "./rule-book-error.ts";

/**
 * The `x-lifecycle` of a schema, if it has one.
 *
 * @throws {@link RuleBookError} if it has another shape than {@link Lifecycle}.
 */
export function readLifecycle({ node, pointer }: Located): Lifecycle | undefined {
  const value = node["x-lifecycle"];
  if (value === undefined) return undefined;
  if (isJsonObject(value)) {
    const { property, initial, order, terminal } = value;
    const isRead =
      typeof property === "string" &&
      typeof initial === "string" &&
      isListOf(order, isString) &&
      isJsonObject(terminal) &&
      hasOnlyStrings(terminal);
    if (isRead) return { property, initial, order, terminal };
  }
  throw new RuleBookError(
    "INVALID_EXTENSION",
    joinPointer(pointer, "x-lifecycle"),
    "it must have the strings property and initial, the list of strings order, and the object terminal from status to outcome.",
  );
}

/**
 * The `x-invariants` of a schema or response; none if it has none.
 *
 * @throws {@link RuleBookError} if an entry has another shape than {@link Invariant}.
 */
export function readInvariants({ node, pointer }: Located): readonly Invariant[] {
  const value = node["x-invariants"];
  if (value === undefined) return [];
  if (isListOf(value, isInvariant)) return value;
  throw new RuleBookError(
    "INVALID_EXTENSION",
    joinPointer(pointer, "x-invariants"),
    'it must be a list of {id, rule, message, severity}, all strings, the severity "error" or "warning".',
  );
}

function isInvariant(value: unknown): value is Invariant {
  return (
    isJsonObject(value) &&
    isString(value["id"]) &&
    isString(value["rule"]) &&
    isString(value["message"]) &&
    (value["severity"] === "error" || value["severity"] === "warning")
  );
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem);
}

function hasOnlyStrings(value: JsonObject): value is Readonly<Record<string, string>> {
  return Object.values(value).every(isString);
}
