import type { Coverage } from "../exercised/coverage.ts";
import type { CaseResult } from "../run/case-result.ts";
import type { Violation } from "../run/violation.ts";

/** The verdict of a run: `not judged` if something that was asked for could not be checked. */
export type Verdict = "conforms" | "violations" | "not judged";

/** The report of a run. No credential is in it. */
export interface Report {
  /** Increases with every incompatible change of the shape. */
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** Absent for recorded traffic. */
  readonly provider?: string;
  readonly spec: { readonly title: string; readonly version: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  readonly isStrict: boolean;
  readonly requests: number;
  readonly verdict: Verdict;
  readonly exitCode: 0 | 1 | 2;
  readonly violations: readonly Violation[];
  readonly cases: readonly CaseResult[];
  /** Why something could not be judged, as sentences. */
  readonly notJudged: readonly string[];
  readonly coverage: Coverage;
}

// oxlint-disable no-control-regex -- these are what is looked for
const forbidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** A text for XML and HTML. Characters that XML cannot have are replaced. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll(forbidden, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
