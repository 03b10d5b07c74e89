import type { CaseResult, Coverage, Report, Violation } from "./report.ts";
import { htmlStyle } from "./html-style.ts";
import { escapeMarkup, seenLine } from "./report.ts";

/** A report as one self-contained HTML page, without scripts, external fonts or images. */
export function htmlReport(report: Report): string {
  const title = `${report.spec.title} ${report.spec.version}: ${verdictWords[report.verdict]}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
${header(report)}
<main>
${violationSection(report.violations)}
${notJudgedSection(report.notJudged)}
${coverageSection(report.coverage)}
${assumptionSection(report.coverage.assumptions)}
${caseSection(report.cases)}
</main>
</body>
</html>
`;
}

const verdictWords = {
  conforms: "Conforms",
  violations: "Does not conform",
  "not judged": "Could not be judged",
} as const;

function header(report: Report): string {
  const { verdict, violations, cases, spec, provider, tool } = report;
  const errors = violations.filter((one) => one.severity === "error").length;
  const passed = cases.filter((one) => one.outcome === "passed").length;
  const facts: readonly (readonly [string, string])[] = [
    [String(errors), errors === 1 ? "violation" : "violations"],
    [String(violations.length - errors), violations.length - errors === 1 ? "warning" : "warnings"],
    [`${passed}/${cases.length}`, "cases passed"],
    [String(report.requests), "requests"],
    [`${(report.durationMs / 1000).toFixed(1)} s`, "in all"],
  ];
  return `<header class="${verdict.replace(" ", "-")}">
<p class="spec">${escapeMarkup(`${spec.title} ${spec.version}`)}${provider === undefined ? "" : ` <span>at ${escapeMarkup(provider)}</span>`}</p>
<h1>${verdictWords[verdict]}</h1>
<dl>${facts.map(([value, name]) => `<div><dd>${escapeMarkup(value)}</dd><dt>${name}</dt></div>`).join("")}</dl>
<p>${escapeMarkup(seenLine(report.seen))}</p>
<p class="run">${escapeMarkup(`${report.startedAt}, seed ${report.seed}${report.isStrict ? ", strict" : ""}, ${tool.name} ${tool.version}`)}</p>
</header>`;
}

function violationSection(violations: readonly Violation[]): string {
  if (violations.length === 0) return "";
  return `<section><h2>Violations</h2>${violations.map(violationArticle).join("\n")}</section>`;
}

function violationArticle(violation: Violation): string {
  const { check, severity, operationId, pointer, expected, actual, why, fix, curl, cases } =
    violation;
  const place =
    pointer === undefined || pointer === "" ? "" : ` at <code>${escapeMarkup(pointer)}</code>`;
  const list = cases.map((id) => `<code>${escapeMarkup(id)}</code>`).join(" ");
  return `<article class="${severity}">
<h3><span class="badge">${severity}</span> ${escapeMarkup(check)}</h3>
<p class="place">${escapeMarkup(operationId)}${place}</p>
<table class="values"><tr><th>expected</th><td>${escapeMarkup(expected)}</td></tr><tr><th>actual</th><td>${escapeMarkup(actual)}</td></tr></table>
<p>${escapeMarkup(why)} <strong>${escapeMarkup(fix)}</strong></p>
<pre>${escapeMarkup(curl)}</pre>
<details><summary>seen in ${cases.length} ${cases.length === 1 ? "case" : "cases"}</summary><p>${list}</p></details>
</article>`;
}

function notJudgedSection(reasons: readonly string[]): string {
  if (reasons.length === 0) return "";
  return `<section><h2>Could not be judged</h2><ul>${reasons.map((reason) => `<li>${escapeMarkup(reason)}</li>`).join("")}</ul></section>`;
}

function coverageSection({ operations, keywords, checks }: Coverage): string {
  const statusRows = operations.map(({ operationId, path, statuses, undocumentedStatuses }) => {
    const documented = statuses.map(({ status, count }) =>
      chip(status, count === 0 ? "not seen" : `×${count}`, count > 0),
    );
    const others = undocumentedStatuses.map(({ status, count }) =>
      chip(String(status), `×${count}, outside the spec`, true),
    );
    return `<tr><th>${escapeMarkup(operationId)}<br><code>${escapeMarkup(path)}</code></th><td>${[...documented, ...others].join(" ")}</td></tr>`;
  });
  const keywordChips = keywords.map(({ keyword, exercised, total }) =>
    chip(keyword, `${exercised}/${total}`, exercised === total),
  );
  const idle = checks.filter((check) => check.count === 0);
  const used = checks.filter((check) => check.count > 0);
  return `<section><h2>Exercised</h2>
<table><tbody>${statusRows.join("")}
<tr><th>schema keywords</th><td>${keywordChips.join(" ")}</td></tr>
<tr><th>checks</th><td><details><summary>${used.length} of ${checks.length} had something to judge</summary><p>${used.map((check) => chip(check.id, `×${check.count}`, true)).join(" ")}</p></details>
<details><summary>${idle.length} had nothing to judge, and did not pass</summary><p>${idle.map((check) => chip(check.id, "", false)).join(" ")}</p></details></td></tr></tbody></table></section>`;
}

function chip(name: string, value: string, isSeen: boolean): string {
  return `<span class="chip ${isSeen ? "seen" : "unseen"}"><b>${escapeMarkup(name)}</b> ${escapeMarkup(value)}</span>`;
}

function assumptionSection(assumptions: Coverage["assumptions"]): string {
  if (assumptions.length === 0) return "";
  const order = ["refuted", "not seen", "holds"] as const;
  const rows = order
    .flatMap((outcome) => assumptions.filter((one) => one.outcome === outcome))
    .map(
      ({ outcome, pointer, text }) =>
        `<tr><td><span class="chip ${outcome.replace(" ", "-")}">${outcome}</span></td><td>${escapeMarkup(text)}<br><code>${escapeMarkup(pointer)}</code></td></tr>`,
    );
  const summary = order
    .map((outcome) => `${assumptions.filter((one) => one.outcome === outcome).length} ${outcome}`)
    .join(", ");
  return `<section><h2>Assumptions, for this provider</h2><details><summary>${summary}</summary><table><tbody>${rows.join("")}</tbody></table></details></section>`;
}

function caseSection(cases: readonly CaseResult[]): string {
  const rows = cases.map(({ id, purpose, outcome, status, reason, violated }) => {
    const notes = [reason, ...violated]
      .filter((note) => note !== undefined)
      .map((note) => escapeMarkup(note))
      .join("<br>");
    return `<tr class="${outcome.replace(" ", "-")}"><td><span class="chip ${outcome.replace(" ", "-")}">${outcome}</span></td><td><code>${escapeMarkup(id)}</code></td><td>${escapeMarkup(purpose)}${notes === "" ? "" : `<p class="note">${notes}</p>`}</td><td>${status ?? ""}</td></tr>`;
  });
  return `<section><h2>Cases</h2><table class="cases"><thead><tr><th></th><th>case</th><th>purpose</th><th>status</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}
