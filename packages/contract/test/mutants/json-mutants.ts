import { Buffer } from "node:buffer";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, success, successText } from "./mutant.ts";

/** Responses whose JSON text is wrong. */
export const jsonMutants: readonly Mutant[] = mutantsOf([
  [
    "duplicate-key",
    "has status twice",
    "json/duplicate-key",
    successText((text) => text.replace('"status":', '"status":"pending","status":')),
  ],
  [
    "duplicate-same-value",
    "has id twice, with the same value",
    "json/duplicate-key",
    successText((text) => text.replace("{", `{"id":${JSON.stringify(JSON.parse(text).id)},`)),
  ],
  [
    "nested-duplicate-key",
    "has a record type twice",
    "json/duplicate-key",
    successText((text) => text.replace('"contacts":1000', '"contacts":1,"contacts":1000')),
  ],
  ["bom", "begins with a byte order mark", "json/bom", successText((text) => `\uFEFF${text}`)],
  [
    "trailing-garbage",
    "has a second value after the first",
    "json/trailing-bytes",
    successText((text) => `${text}{}`),
  ],
  [
    "trailing-null-byte",
    "ends with a null byte",
    "json/trailing-bytes",
    successText((text) => `${text}\0`),
  ],
  [
    "deeply-nested",
    "nests two thousand arrays",
    "json/beyond-limits",
    successText((text) => text.replace("{", `{"tree":${"[".repeat(2000)}${"]".repeat(2000)},`)),
  ],
  ["not-json", "sends a text and calls it JSON", "json/invalid", success(() => ({ body: "OK" }))],
  [
    "cut-json",
    "sends half of the JSON",
    "json/invalid",
    successText((text) => text.slice(0, text.length / 2)),
  ],
  [
    "nan",
    "writes NaN",
    "json/invalid",
    successText((text) => text.replace('"recordsIngested":1800', '"recordsIngested":NaN')),
  ],
  [
    "single-quotes",
    "writes single quotes",
    "json/invalid",
    successText((text) => text.replaceAll('"', "'")),
  ],
  [
    "trailing-comma",
    "writes a comma too many",
    "json/invalid",
    successText((text) => text.replace(/\}$/, ",}")),
  ],
  [
    "latin1",
    "writes a letter in Latin-1",
    "json/not-utf8",
    success((reply) => ({
      body: Buffer.from(
        JSON.stringify(reply.body)
          .replace("Failed", "Échec")
          .replace("sync-workflow", "synchronisé"),
        "latin1",
      ),
    })),
  ],
  [
    "unsafe-count",
    "has a count above 2^53",
    "json/unsafe-integer",
    successText((text) =>
      text.replace('"totalRecordsToIngest":1800', '"totalRecordsToIngest":9007199254740993'),
    ),
  ],
  [
    "infinite-count",
    "has a count that no double holds",
    "json/unsafe-integer",
    successText((text) => text.replace('"contacts":1000', '"contacts":1e999')),
  ],
]);
