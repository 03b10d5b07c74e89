import { tool } from "../face.ts";
import type { CaseResult, Report, Verdict } from "./report.ts";
import type { Runner } from "../run/runner.ts";
import type { Specification } from "../specification.ts";
import type { Secret } from "./redact.ts";
import { redactAll } from "./redact.ts";

/** What a report is made of. */
export interface ReportInput {
  readonly state: {
    readonly run: {
      readonly provider: URL;
      readonly specification: Specification;
      readonly secrets: readonly Secret[];
      readonly seed: number;
      readonly options: { readonly isStrict?: boolean | undefined };
    };
    readonly runner: Runner;
    readonly sender: { readonly requests: number };
  };
  readonly results: readonly CaseResult[];
  readonly notJudged: readonly string[];
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Summarizes a run. All texts are redacted here, so that the writers of reports need not. */
export function createReport({
  state,
  results,
  notJudged,
  startedAt,
  durationMs,
}: ReportInput): Report {
  const { run, runner, sender } = state;
  const violations = runner.violations.list();
  const unjudged = results
    .filter((result) => result.outcome === "not judged")
    .map(({ id, reason }) => `${id}: ${reason ?? "unknown"}`);
  const all = [...notJudged, ...(notJudged.length > 0 ? [] : unjudged)];
  const verdict = verdictOf(
    violations.some((one) => one.severity === "error"),
    all.length > 0,
  );
  const report: Report = {
    reportVersion: 1,
    tool,
    provider: run.provider.href,
    spec: { title: run.specification.title, version: run.specification.version },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    seed: run.seed,
    isStrict: run.options.isStrict ?? false,
    requests: sender.requests,
    ...verdict,
    violations,
    cases: results.map((result) => ({
      ...result,
      durationMs: Math.round(result.durationMs * 10) / 10,
    })),
    notJudged: all,
    coverage: runner.coverage.toCoverage(runner.checks.map((check) => check.id)),
  };
  return redactAll(report, run.secrets);
}

/** A violation is certain, whatever else could not be judged. */
export function verdictOf(
  hasErrors: boolean,
  isIncomplete: boolean,
): { readonly verdict: Verdict; readonly exitCode: 0 | 1 | 2 } {
  if (hasErrors) return { verdict: "violations", exitCode: 1 };
  return isIncomplete
    ? { verdict: "not judged", exitCode: 2 }
    : { verdict: "conforms", exitCode: 0 };
}
