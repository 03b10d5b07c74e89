import { describe, expect, test } from "vitest";
import type { ScoredCase } from "../../release/bench/score-cases.ts";
import { createScoreReport, formatScoreReport } from "../../release/bench/score-report.ts";

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
    expect(report.all.harmless).toEqual({ total: 2, ratedMajor: 2 });
  });

  test("counts a breaking case that is missed, unless a client's view is a written reason", () => {
    const report = createScoreReport([
      scored("900-A", "ERR", "minor"),
      scored("101-B", "ERR", "minor"),
    ]);
    expect(report.breaking).toEqual({ total: 1, ratedMajor: 0 });
    expect(report.all.breaking).toEqual({ total: 2, ratedMajor: 0 });
  });

  test("lists a disagreement that nobody has explained", () => {
    const report = createScoreReport([scored("900-A", "ERR", "minor")]);
    expect(formatScoreReport(report)).toContain("| 900-A | ERR | minor | ? | not explained yet |");
  });
});
