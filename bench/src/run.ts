import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import type { Effort } from "./measure.ts";
import { resultsFile } from "./results-file.ts";
import { sections } from "./sections.ts";

// `pnpm bench --quick`, and a part of a title, are for who changes something: they only print.
const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const effort: Effort = values.quick
  ? { rounds: 3, calls: 2000, imports: 11 }
  : { rounds: 5, calls: 5000, imports: 41 };
const chosen = sections.filter(({ title }) =>
  positionals.every((part) => title.toLowerCase().includes(part)),
);

const parts = [
  "# What the client costs",
  `Written by \`pnpm bench\`: Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "an unknown CPU"}. Each client is measured in processes of its own, which take turns with those of the others; a ratio is the median of the rounds' own ratios, each call has an id of its own. Times vary from machine to machine, ratios much less.`,
];
for (const { title, note, measure } of chosen) {
  const table = await measure(effort);
  process.stdout.write(`\n## ${title}\n\n${table}\n`);
  parts.push(`## ${title}`, note, table);
}
if (!values.quick && chosen.length === sections.length) {
  writeFileSync(resultsFile, `${parts.join("\n\n")}\n`);
  execFileSync("oxfmt", [resultsFile]);
}
