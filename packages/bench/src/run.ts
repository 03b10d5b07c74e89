import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { measureColdImport } from "./cold-import.ts";
import { measureLoopback } from "./loopback.ts";
import { measureManyWaits } from "./many-waits.ts";
import { measureOneCall } from "./one-call.ts";
import { measureSizes } from "./sizes.ts";

const sections: readonly [string, () => string | Promise<string>][] = [
  ["One call over a stubbed fetch", measureOneCall],
  ["Loopback, 50 connections", measureLoopback],
  ["Size, minified and gzipped", measureSizes],
  ["Cold import", measureColdImport],
  ["Many waits at once", measureManyWaits],
];

const parts = [
  "# What the client costs",
  `Written by \`pnpm bench\`: Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "an unknown CPU"}. All clients take turns in one process; a ratio is the median of the rounds' own ratios. Times vary from machine to machine, ratios much less.`,
];
for (const [title, measure] of sections) {
  const table = await measure();
  process.stdout.write(`\n## ${title}\n\n${table}\n`);
  parts.push(`## ${title}`, table);
}
writeFileSync(new URL("../RESULTS.md", import.meta.url), `${parts.join("\n\n")}\n`);
