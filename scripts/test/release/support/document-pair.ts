import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import type { Editable } from "./base-document.ts";
import { baseDocument } from "./base-document.ts";

/** Two documents on disk: the base, and what a change made of it. */
export interface DocumentPair extends Disposable {
  readonly baseFile: string;
  readonly revisionFile: string;
}

export function documentPair(change: (document: Editable) => void): DocumentPair {
  const folder = scratchFolder();
  const write = (name: string, document: Editable): string => {
    const file = join(folder.path, name);
    writeFileSync(file, JSON.stringify(document));
    return file;
  };
  const revision = baseDocument();
  change(revision);
  return {
    baseFile: write("base.json", baseDocument()),
    revisionFile: write("revision.json", revision),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** Gives a key of an object another name, at the same place in its order. */
export function rename(holder: Editable, from: string, to: string): void {
  const entries = Object.entries(holder).map(
    ([key, value]) => [key === from ? to : key, value] as const,
  );
  for (const key of Object.keys(holder)) delete holder[key];
  for (const [key, value] of entries) holder[key] = value;
}

/** Points every reference to one component at another. */
export function redirect(document: Editable, from: string, to: string): void {
  const text = JSON.stringify(document).replaceAll(
    `"#/components/schemas/${from}"`,
    `"#/components/schemas/${to}"`,
  );
  Object.assign(document, JSON.parse(text));
}
