import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { measureColdImport } from "./cold-import.ts";
import { measureLoopback } from "./loopback.ts";
import { measureManyWaits } from "./many-waits.ts";
import { measureOneCall } from "./one-call.ts";
import { measureSizes } from "./sizes.ts";

interface Section {
  readonly title: string;
  /** What to know before reading the table. */
  readonly note: string;
  readonly measure: () => string | Promise<string>;
}

const sections: readonly Section[] = [
  {
    title: "One call over a stubbed fetch",
    note: "The stub's response has the headers of a real one. A timer that is not due runs beside, as in every process with connections.",
    measure: measureOneCall,
  },
  {
    title: "Loopback, 50 connections",
    note: "Whoever can end a request passes a signal: the second row is the least that this costs.",
    measure: measureLoopback,
  },
  {
    title: "Size, minified and gzipped",
    note: "What a browser's bundle grows by.",
    measure: measureSizes,
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

const parts = [
  "# What the client costs",
  `Written by \`pnpm bench\`: Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "an unknown CPU"}. All clients take short turns in one process, in an order of chance; a ratio is the median of the rounds' own ratios. Times vary from machine to machine, ratios much less.`,
];
for (const { title, note, measure } of sections) {
  const table = await measure();
  process.stdout.write(`\n## ${title}\n\n${table}\n`);
  parts.push(`## ${title}`, note, table);
}
writeFileSync(new URL("../RESULTS.md", import.meta.url), `${parts.join("\n\n")}\n`);
