import { readFileSync } from "node:fs";

const file = new URL("../../specs/examples/ingesting.json", import.meta.url);

const example: object = JSON.parse(readFileSync(file, "utf8"));

/** A sync log as a server sends it. */
export const syncLogText: string = JSON.stringify(example);

/** The one that a URL asks for. */
export function answerTo(url: string): string {
  return JSON.stringify({ ...example, id: url.slice(url.lastIndexOf("/") + 1) });
}
