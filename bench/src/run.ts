import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureColdImport } from "./cold-import.ts";
import { measureInstall } from "./install.ts";
import { measureLoopback } from "./loopback.ts";
import type { Effort } from "./measure.ts";
import { measureManyWaits } from "./many-waits.ts";
import { measureOneCall } from "./one-call.ts";
import { measureSizes } from "./sizes.ts";

interface Section {
  readonly title: string;
  /** What to know before reading the table. */
  readonly note: string;
  readonly measure: (effort: Effort) => string | Promise<string>;
}

const sections: readonly Section[] = [
  {
    title: "One call over a stubbed fetch",
    note: "The stub's response has the headers of a real one. A timer that is not due runs beside, as in every process with connections.",
    measure: measureOneCall,
  },
  {
    title: "Loopback",
    note: "Calls one after the other, and 50 at a time: more is faster. Whoever can end a request passes a signal: the second row is the least that this costs.",
    measure: measureLoopback,
  },
  {
    title: "Size, minified and gzipped",
    note: "What a browser's bundle grows by.",
    measure: measureSizes,
  },
  {
    title: "Install",
    note: "As unpacked, with all that it depends on.",
    measure: measureInstall,
  },
  {
    title: "Cold import",
    note: "In a new process each. Finding an empty package alone takes 1 to 2 ms.",
    measure: measureColdImport,
  },
  {
    title: "Many waits at once",
    note: "Over a stubbed fetch, in one process, each wait for a sync log of its own.",
    measure: measureManyWaits,
  },
];

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
  const file = fileURLToPath(new URL("../RESULTS.md", import.meta.url));
  writeFileSync(file, `${parts.join("\n\n")}\n`);
  execFileSync("oxfmt", [file]);
}
