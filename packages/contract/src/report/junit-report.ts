import type { CaseResult, Report, Violation } from "./report.ts";
import { escapeMarkup, seenLine } from "./report.ts";

/** A report for CI servers: one test case for each case, one suite for each family. */
export function junitReport(report: Report): string {
  const families = new Map<string, CaseResult[]>();
  for (const result of report.cases) {
    const name = `${result.operationId} ${result.family}`;
    families.set(name, [...(families.get(name) ?? []), result]);
  }
  const suites = [...families].map(([name, results]) => suite(name, results, report));
  // What no case stands for must not be missing where only cases count.
  const rest = count(report.cases, "not judged") > 0 ? [] : report.notJudged;
  if (rest.length > 0) suites.push(restSuite(rest, report));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeMarkup(report.tool.name)}" ${totals(report.cases, rest.length)} time="${(report.durationMs / 1000).toFixed(3)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function totals(results: readonly CaseResult[], moreErrors = 0): string {
  const errors = count(results, "not judged") + moreErrors;
  return `tests="${results.length + moreErrors}" failures="${count(results, "failed")}" errors="${errors}" skipped="${count(results, "skipped")}"`;
}

function restSuite(reasons: readonly string[], { startedAt, tool }: Report): string {
  const cases = reasons.map(
    (reason, index) =>
      `    <testcase classname="${escapeMarkup(tool.name)}" name="not judged ${index + 1}" time="0"><error message="${escapeMarkup(reason)}"/></testcase>`,
  );
  return [
    `  <testsuite name="not judged" ${totals([], reasons.length)} time="0" timestamp="${startedAt}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function count(results: readonly CaseResult[], outcome: CaseResult["outcome"]): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function suite(name: string, results: readonly CaseResult[], report: Report): string {
  const time = (results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(3);
  const cases = results.map((result) => testCase(result, report.violations));
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${totals(results)} time="${time}" timestamp="${report.startedAt}">`,
    `    <properties><property name="seen" value="${escapeMarkup(seenLine(report.seen))}"/></properties>`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function testCase(result: CaseResult, violations: readonly Violation[]): string {
  const { id, operationId, purpose, outcome, reason = "" } = result;
  const open = `    <testcase classname="${escapeMarkup(operationId)}" name="${escapeMarkup(`${id}: ${purpose}`)}" time="${(result.durationMs / 1000).toFixed(3)}"`;
  const own = violations.filter((violation) => violation.cases.includes(id));
  if (outcome === "skipped")
    return `${open}><skipped message="${escapeMarkup(reason)}"/></testcase>`;
  if (outcome === "not judged")
    return `${open}><error message="${escapeMarkup(reason)}"/></testcase>`;
  if (outcome === "passed") return `${open}/>`;
  if (outcome === "failed" && own.length === 0) {
    const message = escapeMarkup(`as other cases show: ${result.violated.join(", ")}`);
    return `${open}><failure message="${message}"/></testcase>`;
  }
  const texts = own.map((violation) => {
    const message = escapeMarkup(
      `${violation.check}: expected ${violation.expected}, got ${violation.actual}`,
    );
    const details = escapeMarkup(
      `at ${violation.pointer ?? "the response"}\n${violation.why}\n${violation.fix}\n${violation.curl}`,
    );
    if (violation.severity === "warning" || outcome === "warned")
      return `<system-out>${message}\n${details}</system-out>`;
    return `<failure type="${escapeMarkup(violation.check)}" message="${message}">${details}</failure>`;
  });
  return `${open}>${texts.join("")}</testcase>`;
}
