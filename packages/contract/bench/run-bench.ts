import { writeFile } from "node:fs/promises";
import { allMutants } from "../test/mutants/all-mutants.ts";
import type { Behavior } from "../test/mutants/behavior.ts";
import type { Mutant } from "../test/mutants/mutant.ts";
import { startProvider, verification } from "../test/mutants/start-provider.ts";
import { variants } from "../test/mutants/variants.ts";
import type { Report } from "../src/index.ts";
import { allChecks } from "../src/checks/all-checks.ts";
import { verify } from "../src/index.ts";
import { createSpecification } from "../src/specification.ts";
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
  readonly source: string;
  readonly report: Report;
  readonly prism: boolean;
}

async function measure(
  { id, does, behavior, options }: Pick<Mutant, "id" | "does" | "behavior" | "options">,
  { wanted, source }: Pick<Row, "wanted" | "source">,
): Promise<Row> {
  const report = await withProvider(behavior, (url) =>
    verify({ baseUrl: url, ...verification, timeoutMs: 1500, watchSeconds: 0.6, ...options }),
  );
  const prism = comparesWithPrism && (await withProvider(behavior, caughtByPrism));
  return { id, does, wanted, source, report, prism };
}

/** Whether the check that names the bug has found it, be it a warning. */
function isCaught({ report, wanted }: Row): boolean {
  return report.violations.some(({ check }) => check === wanted);
}

function isAlarm({ report }: Row): boolean {
  return report.exitCode !== 0;
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

/** `--check` only measures, and leaves out Prism: what the goals are about. */
const comparesWithPrism = !process.argv.includes("--check");

await measure({ id: "warm-up", does: "", behavior: {} }, { wanted: "", source: "" });
const wrong: Row[] = [];
for (const mutant of allMutants)
  wrong.push(await measure(mutant, { wanted: mutant.caughtBy, source: mutant.source }));
const right: Row[] = [];
for (const variant of variants) right.push(await measure(variant, { wanted: "", source: "" }));

const caught = wrong.filter(isCaught);
const alarms = right.filter(isAlarm);
const durations = right.map(({ report }) => report.durationMs).toSorted((a, b) => a - b);
const medianMs = durations[Math.floor(durations.length / 2)] ?? 0;
const slowest = durations.at(-1) ?? 0;
const mostRequests = Math.max(...right.map(({ report }) => report.requests));
const families = [...new Set(wrong.map(familyOf))].toSorted();
const checks = allChecks(createSpecification());
const text = [
  "# Benchmark",
  "",
  "Made by `pnpm --filter @qontext/sync-log-contract bench`. A mutant is the correct provider with one bug; it counts as caught if the check",
  "that names the bug finds it. A false alarm is a correct provider that does not get exit code 0. Prism 5.16 is a validation proxy",
  "with `--errors` in front of the same provider, with a request of each kind.",
  "",
  `- ${caught.length} of ${wrong.length} mutants caught by the check that names the bug; Prism as a proxy: ${wrong.filter((row) => row.prism).length}`,
  `- ${alarms.length} alarms on ${right.length} correct providers; Prism: ${right.filter((row) => row.prism).length}`,
  `- a run of a correct provider: ${medianMs} ms (median), ${slowest} ms (slowest), at most ${mostRequests} requests, of which up to 0.6 s watch`,
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
      const accused = right.filter(({ report }) =>
        report.violations.some(
          ({ check, severity }) => severity === "error" && check.startsWith(`${family}/`),
        ),
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
    ["provider", "what it does", "verdict", "warnings", "requests", "ms", "Prism"],
    right.map(({ id, does, report, prism }) => [
      id,
      does,
      report.verdict,
      [...new Set(report.violations.map(({ check }) => check))].join(", "),
      report.requests,
      report.durationMs,
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
      isCaught(row) ? "caught" : "**missed**",
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
if (comparesWithPrism) await writeFile(new URL("../BENCHMARK.md", import.meta.url), text);
const isMet = caught.length === wrong.length && alarms.length === 0 && right.length >= 30;
console.log(
  [
    `${caught.length} of ${wrong.length} mutants caught, ${alarms.length} alarms on ${right.length} correct providers`,
    `a run: ${medianMs} ms (median), ${slowest} ms (slowest), at most ${mostRequests} requests`,
    ...wrong.filter((row) => !isCaught(row)).map(({ id, wanted }) => `missed: ${id}, by ${wanted}`),
    ...alarms.map(
      ({ id, report }) => `alarm: ${id}: ${report.violations.map(({ check }) => check).join(", ")}`,
    ),
  ].join("\n"),
);
process.exit(isMet ? 0 : 1);
