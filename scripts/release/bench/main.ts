// `pnpm --filter scripts run release:score [--write] FOLDER`: how the gate rates oasdiff's cases.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readBenchmarkCases } from "./benchmark-case.ts";
import { scoreCases } from "./score-cases.ts";
import { createScoreReport, formatScoreReport } from "./score-report.ts";

const args = process.argv.slice(2);
const write = args.includes("--write");
const folder = args.find((arg) => !arg.startsWith("--")) ?? "../shared/oasdiff-cases";
const root = join(import.meta.dirname, "../../..");
const cases = readBenchmarkCases(resolve(root, folder));
if (cases) {
  const page = formatScoreReport(createScoreReport(await scoreCases(cases)));
  if (write) writeFileSync(join(import.meta.dirname, "generated/disagreements.md"), page);
  else process.stdout.write(page);
} else {
  console.error(
    `The folder ${resolve(root, folder)} does not exist: pass the folder of the cases.`,
  );
  process.exitCode = 2;
}
