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
  const totals = `tests="${report.cases.length}" failures="${count(report.cases, "failed")}" errors="${count(report.cases, "not judged")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeMarkup(report.tool.name)}" ${totals} time="${(report.durationMs / 1000).toFixed(3)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function count(results: readonly CaseResult[], outcome: CaseResult["outcome"]): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function suite(name: string, results: readonly CaseResult[], report: Report): string {
  const totals = `tests="${results.length}" failures="${count(results, "failed")}" errors="${count(results, "not judged")}" skipped="${count(results, "skipped")}"`;
  const cases = results.map((result) => testCase(result, report.violations));
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${totals} timestamp="${report.startedAt}">`,
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
  const texts = own.map((violation) => {
    const message = escapeMarkup(
      `${violation.check}: expected ${violation.expected}, got ${violation.actual}`,
    );
    const details = escapeMarkup(
      `at ${violation.pointer ?? "the response"}\n${violation.why}\n${violation.fix}\n${violation.curl}`,
    );
    if (violation.severity === "warning") return `<system-out>${message}\n${details}</system-out>`;
    return `<failure type="${escapeMarkup(violation.check)}" message="${message}">${details}</failure>`;
  });
  return `${open}>${texts.join("")}</testcase>`;
}
