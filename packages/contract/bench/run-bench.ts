import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { allChecks } from "../src/checks/all-checks.ts";
import { createSpecification } from "../src/specification.ts";
import { allMutants } from "../test/mutants/all-mutants.ts";
import type { Variant } from "../test/mutants/variant.ts";
import { variants } from "../test/mutants/variants.ts";
import type { Measurement, Share } from "./measure.ts";
import { measure, unmeasured } from "./measure.ts";
import { unmetGoals } from "./unmet-goals.ts";

/** `--check` measures only what the goals are about: without Prism, and without writing anything. */
const comparesWithPrism = !process.argv.includes("--check");

/** Measures every provider, on all processors. */
async function measureAll(): Promise<ReadonlyMap<string, Measurement>> {
  const measured = new Map<string, Measurement>();
  const of = availableParallelism();
  await Promise.all(
    Array.from({ length: of }, (_none, index) => {
      const share: Share = { index, of, comparesWithPrism };
      const worker = new Worker(new URL("measure.ts", import.meta.url), { workerData: share });
      worker.on("message", (one: Measurement) => measured.set(one.id, one));
      // What a worker that fails has not reported is told apart by its absence.
      worker.once("error", (error) => console.error(error));
      return new Promise((resolve) => worker.once("exit", resolve));
    }),
  );
  return measured;
}

interface Row extends Measurement {
  readonly does: string;
  readonly wanted: string;
  readonly source: string;
  /** What is rightly warned of. */
  readonly warnings: readonly string[];
}

/** Whether the check that names the bug has found it, be it a warning. */
function isCaught({ found, wanted }: Row): boolean {
  return found.some(({ check }) => check === wanted);
}

/** Whether it was accused of anything, be it in a warning that it does not deserve. */
function isAlarm({ exitCode, found, warnings }: Row): boolean {
  return exitCode !== 0 || found.some(({ check }) => !warnings.includes(check));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function familyOf({ wanted }: Row): string {
  return wanted.split("/")[0] ?? "";
}

function tableOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)];
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

const measured = await measureAll();
const rowOf = ({ id, does, warnings = [] }: Pick<Variant, "id" | "does" | "warnings">): Row => {
  const one = measured.get(id) ?? unmeasured(id, "its worker ended before it was measured");
  return { ...one, does, warnings, wanted: "", source: "" };
};
const wrong = allMutants.map((mutant): Row => {
  const { caughtBy: wanted, source } = mutant;
  return { ...rowOf(mutant), wanted, source };
});
const right = variants.map(rowOf);
// What a run takes when it is the only one.
const plain = { id: "plain", behavior: {}, options: { watchSeconds: 0 } };
const alone: Measurement[] = [];
for (let run = 0; run < 5; run += 1) alone.push(await measure(plain, false));

const caught = wrong.filter(isCaught);
const alarms = right.filter(isAlarm);
const durations = alone.map(({ durationMs }) => durationMs);
const medianMs = median(durations);
const slowestMs = Math.max(...durations);
// The correct providers are watched, too. A busy machine looks like an oracle in time, which takes more requests to rule out.
const requests = Math.max(...[alone, right].map((runs) => median(runs.map((run) => run.requests))));
const families = [...new Set(wrong.map(familyOf))].toSorted();
const checks = allChecks(createSpecification());
const text = [
  "# Benchmark",
  "",
  "Made by `pnpm --filter @qontext/sync-log-contract bench`. A mutant is the correct provider with one bug; it counts as caught if the check",
  "that names the bug finds it. A false alarm is a correct provider that gets a violation, or a warning it does not deserve. Prism 5.16 is a validation proxy",
  "with `--errors` in front of the same provider, with a request of each kind.",
  "",
  `- ${caught.length} of ${wrong.length} mutants caught by the check that names the bug; Prism as a proxy: ${wrong.filter((row) => row.prism).length}`,
  `- ${alarms.length} alarms on ${right.length} correct providers; Prism: ${right.filter((row) => row.prism).length}`,
  `- a run of the plain correct provider alone: ${medianMs} ms (median of five), ${slowestMs} ms (slowest), ${requests} requests`,
  "",
  "The same kind of comparison, measured elsewhere with 59 and 19 wrong providers of an endpoint like this one: Schemathesis 4.25 found 43 and",
  "10, Specmatic 2.55 found 32 of the 59, Prism as a proxy 30 and 2, jest-openapi 24 of the 59, Dredd 7 of 19 sampled. These figures are",
  "quoted, not made by the command above: the wrong providers are others, and Schemathesis is no npm package.",
  "",
  "## Families",
  "",
  ...tableOf(
    [
      "family of checks",
      "mutants",
      "caught by the named check",
      "Prism",
      "false alarms on correct providers",
    ],
    families.map((family) => {
      const own = wrong.filter((row) => familyOf(row) === family);
      const accused = right.filter(({ found }) =>
        found.some(({ check, severity }) => severity === "error" && check.startsWith(`${family}/`)),
      );
      return [
        family,
        own.length,
        own.filter(isCaught).length,
        own.filter((row) => row.prism).length,
        `${accused.length} of ${right.length}`,
      ];
    }),
  ),
  "",
  "## Correct providers",
  "",
  ...tableOf(
    ["provider", "what it does", "verdict", "warnings", "requests", "Prism"],
    right.map(({ id, does, verdict, found, requests: sent, prism }) => [
      id,
      does,
      verdict,
      [...new Set(found.map(({ check }) => check))].join(", "),
      sent,
      prism ? "**alarm**" : "",
    ]),
  ),
  "",
  "## Mutants",
  "",
  ...tableOf(
    ["mutant", "what it does", "where such a bug is described", "check", "this kit", "Prism"],
    wrong.map((row) => [
      row.id,
      row.does,
      row.source,
      `\`${row.wanted}\``,
      isCaught(row) ? "caught" : `**missed** ${row.problem ?? ""}`,
      row.prism ? "caught" : "",
    ]),
  ),
  "",
  "## Checks",
  "",
  ...tableOf(
    ["check", "severity", "what it asserts", "mutants"],
    checks.map(({ id, severity = "error", asserts }) => [
      `\`${id}\``,
      severity,
      asserts.replaceAll("|", "\\|"),
      wrong.filter(({ wanted }) => wanted === id).length,
    ]),
  ),
  "",
].join("\n");
if (comparesWithPrism) {
  const file = fileURLToPath(new URL("../BENCHMARK.md", import.meta.url));
  await writeFile(file, text);
  execFileSync("oxfmt", [file]);
}
const unmet = unmetGoals({
  missed: wrong
    .filter((row) => !isCaught(row))
    .map(({ id, wanted, problem }) => `${id}, by ${wanted}${problem ? `: ${problem}` : ""}`),
  alarms: alarms.map(
    ({ id, found, problem }) =>
      `${id}: ${problem ?? (found.map(({ check }) => check).join(", ") || "not judged")}`,
  ),
  correctProviders: right.length,
  medianMs,
  requests,
});
console.log(
  [
    `${caught.length} of ${wrong.length} mutants caught, ${alarms.length} alarms on ${right.length} correct providers`,
    `a run: ${medianMs} ms (median), ${slowestMs} ms (slowest), ${requests} requests`,
    ...unmet,
  ].join("\n"),
);
process.exit(unmet.length === 0 ? 0 : 1);
