import type { Direction } from "@qontext/sync-log-document";

const bounds = /^(?:max|min|exclusiveMax|exclusiveMin|multipleOf)/u;
const sets = new Set(["enum", "required", "dependentRequired"]);

/** The stable name of a kind of change: who, what, how, such as `response-enum-value-added`. */
export function changeId(
  who: Direction | "component",
  keyword: string,
  kind: "added" | "removed" | "modified",
  before: unknown,
  after: unknown,
): string {
  return [who, ...subject(keyword, kind, before, after)].join("-");
}

function subject(
  keyword: string,
  kind: "added" | "removed" | "modified",
  before: unknown,
  after: unknown,
): readonly string[] {
  const name = kebab(keyword === "properties" ? "property" : keyword);
  if (keyword === "type" || keyword === "nullable") return typeSubject(keyword, before, after);
  if (kind !== "modified") return [name, kind];
  if (before === undefined) return [name, "added"];
  if (after === undefined) return [name, "removed"];
  if (bounds.test(keyword) && typeof before === "number" && typeof after === "number") {
    return [name, after > before ? "increased" : "decreased"];
  }
  if (sets.has(keyword) && Array.isArray(before) && Array.isArray(after)) {
    return [name, "value", setVerb(before, after)];
  }
  return [name, "changed"];
}

function typeSubject(keyword: string, before: unknown, after: unknown): readonly string[] {
  const from = admitsNull(keyword, before);
  const to = admitsNull(keyword, after);
  if (from === to) return ["type", "changed"];
  return to ? ["became-nullable"] : ["became-not-nullable"];
}

function admitsNull(keyword: string, value: unknown): boolean {
  return keyword === "nullable" ? value === true : Array.isArray(value) && value.includes("null");
}

function setVerb(before: readonly unknown[], after: readonly unknown[]): string {
  const known = new Set(before.map((value) => JSON.stringify(value)));
  const kept = new Set(after.map((value) => JSON.stringify(value)));
  const gains = [...kept].some((value) => !known.has(value));
  const loses = [...known].some((value) => !kept.has(value));
  if (gains && loses) return "changed";
  return loses ? "removed" : "added";
}

export function kebab(words: string): string {
  return words.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
}
