import { readFileSync } from "node:fs";

const file = new URL("../../specs/examples/ingesting.json", import.meta.url);

const [beforeId = "", afterId = ""] = JSON.stringify({
  ...(JSON.parse(readFileSync(file, "utf8")) as object),
  id: "\n",
}).split("\\n");

/** The sync log that a URL asks for, as a server sends it. */
export function syncLogTextFor(url: string): string {
  return beforeId + url.slice(url.lastIndexOf("/") + 1) + afterId;
}
