import { readFileSync } from "node:fs";

const file = new URL("../../specs/examples/ingesting.json", import.meta.url);

/** A sync log as a server sends it. */
export const syncLogText: string = JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
