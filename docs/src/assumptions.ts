import { isJsonObject } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/** One place of the document that says where its fact comes from. */
export interface Provenance {
  /** JSON pointer of what is assumed or documented. */
  readonly pointer: string;
  readonly kind: "assumed" | "documented";
  /** Why it is assumed, or what the document notes about where it stands. */
  readonly note: string;
}

function visit(value: Json, pointer: string, found: Provenance[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${pointer}/${index}`, found);
    return;
  }
  if (!isJsonObject(value)) return;
  const assumption = value["x-assumption"];
  const provenance = value["x-provenance"];
  if (typeof assumption === "string") found.push({ pointer, kind: "assumed", note: assumption });
  if (typeof provenance === "string") {
    found.push({ pointer, kind: "documented", note: `The values are ${provenance}.` });
  }
  for (const [key, item] of Object.entries(value)) {
    // Data, not schema: nothing in an example describes the API.
    if (key === "example" || key === "examples") continue;
    visit(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, found);
  }
}

/** Every assumption and every noted provenance of the document, in the document's order. */
export function collectProvenance(document: JsonObject): readonly Provenance[] {
  const found: Provenance[] = [];
  visit(document, "", found);
  return found;
}

const shown: readonly (readonly [RegExp, string])[] = [
  [/^\/components\/schemas\/(\w+)\/properties\/(\w+)$/u, "$1.$2"],
  [/^\/components\/schemas\/(\w+)\/x-(\w+)$/u, "$1, its $2"],
  [/^\/components\/schemas\/(\w+)$/u, "$1"],
  [/^\/components\/responses\/(\w+)$/u, "the answer $1"],
  [/^\/components\/headers\/(\w+)$/u, "the header $1"],
];

/** A pointer as a reader says it: `SyncLog.startedAt`, `the answer NotFound`. */
export function placeName(pointer: string): string {
  const rule = shown.find(([pattern]) => pattern.test(pointer));
  return rule === undefined ? pointer : pointer.replace(rule[0], rule[1]);
}
