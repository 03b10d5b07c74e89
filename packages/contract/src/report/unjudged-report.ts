import { tool } from "../face.ts";
import type { Report } from "./report.ts";
import { shownText } from "./shown-text.ts";

/** The report of a run that ended before anything could be judged. */
export function unjudgedReport(reason: string, startedAt: Date): Report {
  return {
    reportVersion: 1,
    tool,
    spec: { title: "not judged", version: "" },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed: 0,
    isStrict: false,
    requests: 0,
    verdict: "not judged",
    exitCode: 2,
    violations: [],
    cases: [],
    notJudged: [shownText(reason)],
    coverage: { operations: [], keywords: [], checks: [], assumptions: [] },
    seen: {
      accessMatrix: "not run",
      missingOperations: [],
      statuses: [],
      undocumentedInErrors: [],
      deleted: [],
    },
  };
}
