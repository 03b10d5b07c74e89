import type { Severity } from "../checks/check.ts";
import type { Family } from "../plan/contract-case.ts";

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
  readonly seen: Seen;
}

/** What a verdict is based on: how much of what can be asked for was there to be seen. */
export interface Seen {
  /** Whether two tenants, with their keys and resources, were told apart. */
  readonly accessMatrix: "run" | "run in part" | "not run";
  /** Operations of which no success was seen. */
  readonly missingOperations: readonly string[];
  /** The statuses of each lifecycle, those that were seen and those that were not. */
  readonly statuses: readonly {
    readonly operationId: string;
    readonly seen: readonly string[];
    readonly missing: readonly string[];
  }[];
  /** Properties of bodies of errors that the document does not have, as JSON pointers: the id of a request, say. */
  readonly undocumentedInErrors: readonly string[];
  /** Paths of records that were deleted during the run, and not judged any more. */
  readonly deleted: readonly string[];
}

/** How many paths a line has. */
const maxPaths = 3;

/** What was seen, as a line of a report. */
export function seenLine({ accessMatrix, missingOperations, ...seen }: Seen): string {
  const { statuses, undocumentedInErrors, deleted } = seen;
  const unseen =
    missingOperations.length === 0 ? [] : [`not seen: ${missingOperations.join(", ")}`];
  const lists = statuses.map(({ operationId, seen: found, missing }) => {
    const of = statuses.length > 1 ? ` of ${operationId}` : "";
    const rest =
      missing.length === 0 ? "" : ` (${found.length} of ${found.length + missing.length})`;
    return `statuses${of} seen: ${found.length === 0 ? "none" : found.join(", ")}${rest}`;
  });
  const more =
    undocumentedInErrors.length === 0
      ? []
      : [`not documented, in errors: ${undocumentedInErrors.join(", ")}`];
  const gone = deleted.length > maxPaths ? ` and ${deleted.length - maxPaths} more` : "";
  const ended =
    deleted.length === 0
      ? []
      : [`deleted during the run: ${deleted.slice(0, maxPaths).join(", ")}${gone}`];
  return [`access matrix ${accessMatrix}`, ...unseen, ...lists, ...more, ...ended].join("; ");
}

/** The outcome of a case. Only `passed` is a pass. */
export type CaseOutcome = "passed" | "failed" | "warned" | "not judged" | "skipped";

/** A case with its outcome. */
export interface CaseResult {
  readonly id: string;
  readonly family: Family;
  readonly operationId: string;
  readonly purpose: string;
  readonly outcome: CaseOutcome;
  /** Why it was not judged or skipped. */
  readonly reason?: string;
  readonly status?: number;
  readonly requests: number;
  readonly durationMs: number;
  /** Ids of the checks that it violated. */
  readonly violated: readonly string[];
}

/** Something in which a provider does not keep the contract, once, however often it was seen. */
export interface Violation {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly operationId: string;
  /** Where in the body, as a JSON pointer; absent if it is not about a place in the body. */
  readonly pointer?: string;
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  readonly fix: string;
  /** The smallest request that shows it, as a line for a shell. */
  readonly curl: string;
  /** Ids of the cases that showed it, each once. */
  readonly cases: readonly string[];
}

/** Whether an assumption of the document holds for the provider. That says nothing of another one. */
export type AssumptionOutcome = "holds" | "refuted" | "not seen";

/** Which parts of the document a run exercised. */
export interface Coverage {
  readonly operations: readonly {
    readonly operationId: string;
    readonly path: string;
    readonly statuses: readonly { readonly status: string; readonly count: number }[];
    readonly undocumentedStatuses: readonly { readonly status: number; readonly count: number }[];
  }[];
  /** For each asserting keyword, how many of its places in the schemas of responses were applied to a value; of `enum`, how many of its values were seen. */
  readonly keywords: readonly {
    readonly keyword: string;
    readonly exercised: number;
    readonly total: number;
    /** Places that were not, as JSON pointers into the document. */
    readonly missing: readonly string[];
  }[];
  /** How often each check had something to judge; 0 is not a pass. */
  readonly checks: readonly { readonly id: string; readonly count: number }[];
  readonly assumptions: readonly {
    readonly pointer: string;
    readonly text: string;
    readonly outcome: AssumptionOutcome;
  }[];
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
