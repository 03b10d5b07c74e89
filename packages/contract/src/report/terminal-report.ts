import { styleText } from "node:util";
import type { Coverage, Report, Violation } from "./report.ts";
import { seenLine } from "./report.ts";

type Style = Parameters<typeof styleText>[0];

interface TerminalOptions {
  /** @default false */
  readonly hasColor?: boolean;
}

/** A report for people, as text. */
export function terminalReport(report: Report, { hasColor = false }: TerminalOptions = {}): string {
  const paint = (style: Style, text: string): string =>
    hasColor ? styleText(style, text, { validateStream: false }) : text;
  const head = `${report.spec.title} ${report.spec.version}${report.provider === undefined ? "" : ` at ${report.provider}`}`;
  return [
    paint("bold", head),
    "",
    ...report.violations.flatMap((violation) => [...violationLines(violation, paint), ""]),
    ...coverageLines(report.coverage, paint),
    ...notJudgedLines(report, paint),
    "",
    resultLine(report, paint),
    seenLine(report.seen),
    "",
  ].join("\n");
}

type Paint = (style: Style, text: string) => string;

function plain(_style: Style, text: string): string {
  return text;
}

/** One violation, as lines. */
export function violationLines(violation: Violation, paint: Paint = plain): readonly string[] {
  const { check, severity, operationId, pointer, expected, actual, why, fix, curl, cases } =
    violation;
  const mark = severity === "error" ? paint("red", "✗") : paint("yellow", "!");
  const place = pointer === undefined || pointer === "" ? "" : ` at ${pointer}`;
  const more = cases.length > 1 ? ` and ${cases.length - 1} more` : "";
  const row = (label: string, text: string): string =>
    `    ${paint("dim", label.padEnd(9))} ${text}`;
  return [
    `${mark} ${paint("bold", check)}${severity === "warning" ? " (warning)" : ""}  ${operationId}${place}`,
    row("expected", expected),
    row("actual", actual),
    row("why", why),
    row("to do", fix),
    row("seen in", `${cases[0] ?? "no case"}${more}`),
    row("see it", curl),
  ];
}

function coverageLines(coverage: Coverage, paint: Paint): readonly string[] {
  const { operations, keywords, checks, assumptions } = coverage;
  const statuses = operations.map(({ operationId, statuses: seen, undocumentedStatuses }) => {
    const documented = seen.map(({ status, count }) =>
      count === 0 ? paint("yellow", `${status} not seen`) : `${status} ×${count}`,
    );
    const others = undocumentedStatuses.map(({ status, count }) =>
      paint("dim", `${status} ×${count}`),
    );
    return `  ${operationId}  ${[...documented, ...others].join("  ")}`;
  });
  const keywordTexts = keywords.map(
    ({ keyword, exercised, total }) => `${keyword} ${exercised}/${total}`,
  );
  const idle = checks.filter(({ count }) => count === 0).map(({ id }) => id);
  return [
    paint("bold", "Exercised"),
    ...statuses,
    `  schema keywords  ${keywordTexts.join("  ")}`,
    `  checks  ${checks.length - idle.length} of ${checks.length}${idle.length === 0 ? "" : paint("dim", `; nothing to judge for ${idle.join(", ")}`)}`,
    ...assumptionLines(assumptions, paint),
  ];
}

function assumptionLines(assumptions: Coverage["assumptions"], paint: Paint): readonly string[] {
  if (assumptions.length === 0) return [];
  const having = (outcome: string): Coverage["assumptions"] =>
    assumptions.filter((one) => one.outcome === outcome);
  const [held, refuted, unseen] = [having("holds"), having("refuted"), having("not seen")];
  return [
    `  assumptions  ${held.length} hold for this provider, ${refuted.length} refuted, ${unseen.length} not seen`,
    ...refuted.map(({ pointer, text }) => `    ${paint("red", "refuted")}   ${pointer}: ${text}`),
    ...unseen.map(({ pointer, text }) => `    ${paint("yellow", "not seen")}  ${pointer}: ${text}`),
  ];
}

function notJudgedLines({ notJudged }: Report, paint: Paint): readonly string[] {
  if (notJudged.length === 0) return [];
  return ["", paint("bold", "Could not be judged"), ...notJudged.map((reason) => `  ${reason}`)];
}

function resultLine(report: Report, paint: Paint): string {
  const { violations, verdict, cases, requests, durationMs, seed } = report;
  const errors = violations.filter((one) => one.severity === "error").length;
  const warnings = violations.length - errors;
  const counts = new Map<string, number>();
  for (const { outcome } of cases) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const ran = `${cases.length} cases (${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ")})`;
  const found = `${errors} ${errors === 1 ? "violation" : "violations"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  const style: Style = verdict === "conforms" ? "green" : "red";
  const words = {
    conforms: "CONFORMS",
    violations: "DOES NOT CONFORM",
    "not judged": "COULD NOT BE JUDGED",
  } as const;
  const effort = `${requests} requests in ${(durationMs / 1000).toFixed(1)} s, seed ${seed}`;
  return `${paint([style, "bold"], words[verdict])}  ${found}; ${ran}; ${effort}`;
}
