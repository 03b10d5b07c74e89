import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createRedactor } from "../src/index.ts";

const lengths = [1000, 10_000, 100_000, 1_000_000, 10_000_000];
const lengthNames = ["1 kB", "10 kB", "100 kB", "1 MB", "10 MB"];

const body = String.raw`{"statusCode":404,"message":"No sync log \"sync_1\" in C:\\data%2Flogs &amp; more.","ids":[1,2,3]},`;

const parts: readonly (readonly [name: string, part: string])[] = [
  ["prose", "The service answered that the sync log is not there. "],
  ["bodies of errors", body],
  ["JSON in JSON", String.raw`{\"status\":\"ingesting\",\"total\":12},`],
  ["percent signs", "%25"],
  ["entities", "&amp;"],
  ["the letter a", "a"],
];

/** The least of some runs, so that those in which the machine was busy do not count. */
function timeMs(work: () => void): number {
  const repetitions = Array.from({ length: 3 }, () => {
    const startedAtMs = performance.now();
    let runs = 0;
    let elapsedMs = 0;
    do {
      work();
      runs += 1;
      elapsedMs = performance.now() - startedAtMs;
    } while (elapsedMs < 20);
    return elapsedMs / runs;
  });
  return Math.min(...repetitions);
}

function cellsOf(keys: readonly string[], part: string): string {
  const { add, text } = createRedactor();
  for (const key of keys) add(key);
  const cells = lengths.map((length) => {
    const long = part.repeat(Math.ceil(length / part.length)).slice(0, length);
    return Number(timeMs(() => text(long)).toPrecision(2));
  });
  return cells.join(" | ");
}

function cellsOfValues(item: string): string {
  const { add, value } = createRedactor();
  add(keyOf(22));
  const cells = lengths.map((length) => {
    const count = Math.floor(length / (item.length + 1));
    const json = `[${Array.from({ length: count }, () => item).join(",")}]`;
    const parsed: unknown = JSON.parse(json);
    const redactionMs = timeMs(() => value(parsed));
    const parsingMs = timeMs(() => JSON.parse(json));
    return `${Number(redactionMs.toPrecision(2))} (${Number(parsingMs.toPrecision(2))})`;
  });
  return cells.join(" | ");
}

function keyOf(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}

function table(columns: readonly string[], rows: readonly string[]): string {
  const head = [...columns, ...lengthNames];
  const line = [...columns.map(() => "---"), ...lengthNames.map(() => "--:")];
  return `| ${head.join(" | ")} |\n| ${line.join(" | ")} |\n${rows.join("\n")}\n`;
}

const byKeys = [1, 22, 800, 8000].flatMap((length) =>
  [1, 8, 1000].map((rotations) => {
    const keys = Array.from({ length: rotations }, () => keyOf(length));
    return `| ${length.toLocaleString("en")} | ${rotations.toLocaleString("en")} | ${cellsOf(keys, body)} |`;
  }),
);

const byTexts = parts.flatMap(([name, part]) =>
  [["22 characters", keyOf(22)] as const, ["8,000 times a", "a".repeat(8000)] as const].map(
    ([keyName, key]) => `| ${name} | ${keyName} | ${cellsOf([key], part)} |`,
  ),
);

const byValues = ['"x"', '"abcdefgh"', "12", "[]", '{"code":"a"}'].map(
  (item) => `| \`${item}\` | ${cellsOfValues(item)} |`,
);

writeFileSync(
  new URL("RESULTS.md", import.meta.url),
  `# What redaction costs

Written by \`pnpm bench\` in \`packages/redact\`: Node ${process.versions.node}, milliseconds a text. Times vary from machine to machine; that they grow as the text does, and not with the number of rotations, does not.

## By the keys

Bodies of errors with escapes of every kind. The last eight keys are known, so more rotations cost nothing.

${table(["characters of a key", "rotations"], byKeys)}
## By the texts

${table(["a text of nothing but", "key"], byTexts)}
## By the values

An array of JSON, of a key of 22 characters; in parentheses what parsing it costs.

${table(["of nothing but"], byValues)}`,
);
