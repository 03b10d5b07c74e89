import type { DocumentNode, JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import type { Finding } from "./finding.ts";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { kebab, shownChange } from "./show-values.ts";
import type { Verdict } from "./verdict.ts";
import { documentation } from "./verdict.ts";

/** What documents and does not bind: wherever an object of the specification may have it. */
const words = new Set(
  "title description summary externalDocs $comment tags termsOfService contact license version links xml name".split(
    " ",
  ),
);

/** Extensions that say how long and how well something will work; and those that are compared as rules. */
const promises = new Set(["deprecated", "x-sunset", "x-stability-level"]);
const rules = new Set(["x-lifecycle", "x-invariants", "x-extensible-enum"]);

const announced: Verdict = [
  "minor",
  "a deprecation is announced by a minor (SemVer 2.0.0, item 7)",
];
const withdrawn: Verdict = [
  "major",
  "consumers relied on what was promised",
  "Stop relying on it.",
];

/** The nodes of two documents that stand at the same places. */
export function pairNodes(base: OpenApiDocument, revision: OpenApiDocument): readonly NodePair[] {
  const before = new Map([...base.walk()].map((node) => [node.pointer, node]));
  return [...revision.walk()].flatMap((node) => {
    const other = before.get(node.pointer);
    return other?.kind === node.kind && other.value !== node.value ? [[other, node] as const] : [];
  });
}

/** A node of the base, and the one at its place in the revision. */
export type NodePair = readonly [DocumentNode, DocumentNode];

/** Every difference in what the documents say in words, and in what they announce. */
export function compareWords(pairs: readonly NodePair[]): readonly Finding[] {
  return pairs.flatMap(([{ value: before }, { kind, pointer, value: after }]) =>
    Object.keys({ ...before, ...after }).flatMap((keyword): readonly Finding[] => {
      const isExtension = keyword.startsWith("x-") && !rules.has(keyword);
      if (!isExtension && !words.has(keyword) && !promises.has(keyword)) return [];
      // The name of a parameter or a key is on the wire.
      if (keyword === "name" && kind !== "tag" && kind !== "license" && kind !== "contact")
        return [];
      const [from, to] = [before[keyword], after[keyword]];
      if (from === to) return [];
      if (canonicalJson(from ?? null) === canonicalJson(to ?? null)) return [];
      // What stands below is compared at its own place.
      if (kind === "document" && keyword === "tags" && tagNames(from) === tagNames(to)) return [];
      const isPromise = promises.has(keyword);
      const verdict = isPromise ? promiseVerdict(keyword, before, after) : documentation;
      const id = `${kebab(keyword.replace(/^x-/u, ""))}-changed`;
      const at = { direction: undefined, effect: "annotation", side: "revision", pointer } as const;
      return [{ ...at, id, what: shownChange(keyword, from, to), verdict }];
    }),
  );
}

function tagNames(tags: unknown): string {
  return Array.isArray(tags)
    ? JSON.stringify(tags.map((tag: unknown) => (tag as JsonObject | null)?.["name"]))
    : "";
}

const levels = ["draft", "alpha", "beta", "stable"];

function promiseVerdict(keyword: string, before: JsonObject, after: JsonObject): Verdict {
  if (keyword === "deprecated")
    return after["deprecated"] === true ? announced : ["patch", "it stays"];
  const [from, to] = [before[keyword], after[keyword]];
  if (keyword === "x-stability-level") {
    const [was, is] = [from ?? "stable", to ?? "stable"].map((level) =>
      typeof level === "string" ? levels.indexOf(level) : -1,
    );
    return (is ?? 0) < (was ?? 0) ? withdrawn : ["minor", "it is more stable than before"];
  }
  if (after["deprecated"] !== true) return announced;
  // An end that cannot be read may be any day.
  const [old, now] = [from, to].map((date) => Date.parse(String(date)));
  if (from === undefined) return Number.isNaN(now) ? withdrawn : announced;
  return Number.isNaN(old) || (now ?? 0) >= (old ?? 0) ? announced : withdrawn;
}
