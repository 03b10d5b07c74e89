import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBenchmarkCases } from "../../release/bench/benchmark-case.ts";
import { scoreCases } from "../../release/bench/score-cases.ts";
import { createScoreReport, formatScoreReport } from "../../release/bench/score-report.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "../shared/oasdiff-cases");
const cases = readBenchmarkCases(folder);

describe.skipIf(cases === undefined)(
  `the gate against oasdiff's cases${cases ? "" : `, skipped: there is no folder ${folder}`}`,
  () => {
    test(
      "rates them as the committed page says, within the limits",
      { timeout: 300_000 },
      async () => {
        if (!cases) throw new Error(`There are no cases in ${folder}.`);
        const report = createScoreReport(await scoreCases(cases));
        expect(report.all.breaking.total).toBe(102);
        expect(report.breaking.total - report.breaking.ratedMajor).toBeLessThanOrEqual(2);
        expect(report.harmless.ratedMajor).toBeLessThanOrEqual(2);
        expect(report.disagreements.filter(({ reason }) => reason === undefined)).toEqual([]);
        const page = readFileSync(
          join(root, "scripts/release/bench/generated/disagreements.md"),
          "utf8",
        );
        expect(page, "run: pnpm --filter scripts run release:score --write").toBe(
          formatScoreReport(report),
        );
      },
    );
  },
);
