import { tool } from "../face.ts";
import type { CaseResult, Report, Seen, Verdict } from "./report.ts";
import type { JudgingOptions, Requirement } from "../run/run-options.ts";
import type { Runner } from "../run/runner.ts";
import type { Specification } from "../specification.ts";
import type { Secret } from "./redact.ts";
import { shownAll } from "./shown-text.ts";

/** What a report is made of. */
export interface ReportInput {
  readonly state: {
    readonly run: {
      readonly provider: URL;
      readonly specification: Specification;
      readonly secrets: readonly Secret[];
      readonly seed: number;
      readonly options: Pick<JudgingOptions, "isStrict" | "require">;
    };
    readonly runner: Runner;
    readonly sender: { readonly requests: number };
  };
  readonly results: readonly CaseResult[];
  readonly notJudged: readonly string[];
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Summarizes a run. All texts are made fit to be shown here, so that the writers of reports need not. */
export function createReport({
  state,
  results,
  notJudged,
  startedAt,
  durationMs,
}: ReportInput): Report {
  const { run, runner, sender } = state;
  const violations = runner.violations.list();
  const seen: Seen = {
    accessMatrix: accessMatrixOf(results),
    missingOperations: runner.coverage.missingOperations(),
    statuses: runner.coverage.statusesSeen(),
    undocumentedInErrors: runner.coverage.undocumentedInErrors(),
    deleted: runner.history.deleted,
  };
  const all = [
    ...notJudged,
    ...(notJudged.length > 0 ? [] : unjudgedCases(results)),
    ...unmetRequirements(run.options.require ?? [], seen),
  ];
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
    seen,
  };
  return toShown(report, run.secrets);
}

/** The cases that were not judged, as a sentence for each reason. */
function unjudgedCases(results: readonly CaseResult[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, outcome, reason = "unknown" } of results) {
    if (outcome !== "not judged") continue;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => {
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
    return `${ids.slice(0, 3).join(", ")}${more}: ${reason}`;
  });
}

/** Makes what came from outside fit to be shown, without keys; the coverage, and the ids of cases and checks, are the document's and ours. */
function toShown({ cases, coverage, seen, ...report }: Report, secrets: readonly Secret[]): Report {
  const texts = new Map(
    cases.flatMap(({ purpose, reason = "" }) => [purpose, reason]).map((text) => [text, ""]),
  );
  const redacted = shownAll([...texts.keys()], secrets);
  for (const [index, text] of [...texts.keys()].entries()) texts.set(text, redacted[index] ?? "");
  const shown = (text: string): string => texts.get(text) ?? "";
  return {
    ...shownAll(report, secrets),
    cases: cases.map(({ purpose, reason, ...result }) => ({
      ...result,
      purpose: shown(purpose),
      ...(reason === undefined ? {} : { reason: shown(reason) }),
    })),
    coverage,
    seen: shownAll(seen, secrets),
  };
}

/** How much of the access matrix the cases are. */
function accessMatrixOf(results: readonly CaseResult[]): Seen["accessMatrix"] {
  const isJudged = (pattern: RegExp): boolean =>
    results.some(
      ({ id, outcome }) => pattern.test(id) && outcome !== "skipped" && outcome !== "not judged",
    );
  const parts = [/access\/other-owner$/, /access\/other-key-/, /access\/foreign-/].map(isJudged);
  if (parts.every(Boolean)) return "run";
  return parts.some(Boolean) ? "run in part" : "not run";
}

/** Why what was required was not seen, as sentences. */
function unmetRequirements(required: readonly Requirement[], seen: Seen): readonly string[] {
  const statuses = seen.statuses
    .filter(({ missing }) => missing.length > 0 && required.includes("statuses"))
    .map(({ operationId, missing }) => `${operationId}: statuses not seen: ${missing.join(", ")}.`);
  return required.includes("tenants") && seen.accessMatrix !== "run"
    ? [...statuses, `The access matrix was ${seen.accessMatrix}: give a second tenant.`]
    : statuses;
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
