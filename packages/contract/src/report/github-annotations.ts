import type { Report } from "./report.ts";

/** GitHub shows no more than ten of a kind for each step. */
const maxOfKind = 10;

/** The violations of a report, and what could not be judged, as workflow commands that GitHub Actions shows beside a run. */
export function githubAnnotations({ violations, notJudged }: Report): string {
  const ofSeverity = (severity: string): readonly string[] =>
    violations
      .filter((one) => one.severity === severity)
      .slice(0, maxOfKind)
      .map(({ check, operationId, pointer = "", expected, actual, fix }) => {
        const place = pointer === "" ? "" : ` at ${pointer}`;
        return `::${severity} title=${property(check)}::${data(`${operationId}${place}: expected ${expected}, got ${actual}. ${fix}`)}\n`;
      });
  const rest = notJudged
    .slice(0, maxOfKind)
    .map((reason) => `::error title=could not be judged::${data(reason)}\n`);
  return [...ofSeverity("error"), ...ofSeverity("warning"), ...rest].join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
