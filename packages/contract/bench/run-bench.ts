import { writeFile } from "node:fs/promises";
import { allMutants } from "../test/mutants/all-mutants.ts";
import type { Behavior } from "../test/mutants/behavior.ts";
import type { Mutant } from "../test/mutants/mutant.ts";
import { startProvider, verification } from "../test/mutants/start-provider.ts";
import { variants } from "../test/mutants/variants.ts";
import type { Report } from "../src/index.ts";
import { verify } from "../src/index.ts";
import { caughtByPrism } from "./verify-through-prism.ts";

// Some mutants end Prism's process from within: a promise of its own that nobody waits for.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

async function withProvider<Result>(
  behavior: Behavior,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const provider = await startProvider(behavior);
  try {
    return await use(provider.url);
  } finally {
    await provider.close();
  }
}

interface Row {
  readonly id: string;
  readonly does: string;
  readonly wanted: string;
  readonly report: Report;
  readonly prism: boolean;
}

async function measure(
  { id, does, behavior, options }: Omit<Mutant, "caughtBy">,
  wanted: string,
): Promise<Row> {
  const report = await withProvider(behavior, (url) =>
    verify({
      baseUrl: url,
      ...verification,
      timeoutMs: 1500,
      ...options,
      watchSeconds: 0.6,
    }),
  );
  const prism = await withProvider(behavior, caughtByPrism);
  return { id, does, wanted, report, prism };
}

function isCaught({ report, wanted }: Row): boolean {
  return (
    report.exitCode === 1 &&
    report.violations.some(
      (violation) => violation.check === wanted && violation.severity === "error",
    )
  );
}

function mutantLine(row: Row): string {
  const others = new Set(row.report.violations.map((violation) => violation.check));
  others.delete(row.wanted);
  const more = others.size === 0 ? "" : ` and ${others.size} more`;
  return `| ${row.id} | ${row.does} | ${isCaught(row) ? "caught" : "**missed**"} | \`${row.wanted}\`${more} | ${row.report.requests} | ${row.report.durationMs} | ${row.prism ? "caught" : ""} |`;
}

await measure({ id: "warm-up", does: "", behavior: {} }, "");
const wrong: Row[] = [];
for (const mutant of allMutants) wrong.push(await measure(mutant, mutant.caughtBy));
const right: Row[] = [];
for (const variant of variants) right.push(await measure(variant, ""));

const caught = wrong.filter(isCaught).length;
const alarms = right.filter((row) => row.report.exitCode !== 0).length;
const times = [...wrong, ...right]
  .map((row) => row.report.durationMs)
  .toSorted((left, right_) => left - right_);
const median = times[Math.floor(times.length / 2)] ?? 0;
const table = [
  "# Benchmark",
  "",
  "Made by `pnpm --filter @qontext/sync-log-contract bench`. Each provider is the correct one with one bug; time is in milliseconds, on the machine",
  "that ran it last. Prism 5.16 is a validation proxy with `--errors` in front of the same provider, with a request of each kind.",
  "",
  `- this kit: ${caught} of ${wrong.length} wrong providers caught by the check that names the bug, ${alarms} alarms on ${right.length} correct ones; median ${median} ms, slowest ${times.at(-1) ?? 0} ms`,
  `- Prism as a proxy: ${wrong.filter((row) => row.prism).length} of ${wrong.length} caught, ${right.filter((row) => row.prism).length} alarms on ${right.length} correct ones`,
  "",
  "## Correct providers",
  "",
  "| provider | what it does | verdict | warnings | requests | ms | Prism |",
  "| --- | --- | --- | --- | --- | --- | --- |",
  ...right.map(
    (row) =>
      `| ${row.id} | ${row.does} | ${row.report.verdict} | ${row.report.violations.map((violation) => violation.check).join(", ")} | ${row.report.requests} | ${row.report.durationMs} | ${row.prism ? "**alarm**" : ""} |`,
  ),
  "",
  "## Wrong providers",
  "",
  "| provider | what it does | this kit | by | requests | ms | Prism |",
  "| --- | --- | --- | --- | --- | --- | --- |",
  ...wrong.map(mutantLine),
  "",
].join("\n");
await writeFile(new URL("../BENCHMARK.md", import.meta.url), table);
console.log(table);
process.exit(caught === wrong.length && alarms === 0 ? 0 : 1);
