import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBenchmarkCases } from "../../release/score/benchmark-case.ts";
import type { ScoredCase } from "../../release/score/score-cases.ts";
import { scoreCases } from "../../release/score/score-cases.ts";
import { createScoreReport, formatScoreReport } from "../../release/score/score-report.ts";

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
        expect(report.breaking.total).toBe(102);
        expect(report.breaking.ratedMajor / report.breaking.total).toBeGreaterThanOrEqual(0.95);
        expect(report.harmless.ratedMajor / report.harmless.total).toBeLessThanOrEqual(0.1);
        expect(report.disagreements.filter(({ reason }) => reason === undefined)).toEqual([]);
        const page = readFileSync(
          join(root, "scripts/release/score/generated/disagreements.md"),
          "utf8",
        );
        // `pnpm --filter scripts run release:score --write` writes it.
        expect(page).toBe(formatScoreReport(report));
      },
    );
  },
);

const scored = (id: string, verdict: "ERR" | "INFO", bump: "major" | "minor"): ScoredCase => ({
  benchmarkCase: {
    id,
    verdict,
    baseFile: "",
    revisionFile: "",
    expectedIds: [],
    checkedIds: undefined,
  },
  bump,
  bumpWithinCheck: bump,
});

describe("the score", () => {
  test("falls with every breaking case that is missed", () => {
    const report = createScoreReport([
      scored("900-A", "ERR", "minor"),
      scored("901-B", "ERR", "major"),
    ]);
    expect(report.breaking).toEqual({ total: 2, ratedMajor: 1 });
  });

  test("counts a harmless case that is rated major, unless a client's view is a written reason", () => {
    const report = createScoreReport([
      scored("900-A", "INFO", "major"),
      scored("091-B", "INFO", "major"),
    ]);
    expect(report.harmless).toEqual({ total: 1, ratedMajor: 1 });
    expect(report.harmlessOfAll).toEqual({ total: 2, ratedMajor: 2 });
  });

  test("lists a disagreement that nobody has explained", () => {
    const report = createScoreReport([scored("900-A", "ERR", "minor")]);
    expect(formatScoreReport(report)).toContain("| 900-A | ERR | minor | ? | not explained yet |");
  });
});
