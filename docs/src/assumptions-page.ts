import { collectProvenance, placeName } from "./assumptions.ts";
import type { Provenance } from "./assumptions.ts";
import { escapeHtml } from "./escape-html.ts";
import type { JsonObject } from "./json.ts";

/** Text in which backticks stand for code. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/gu, "<code>$1</code>");
}

function list(caption: string, rows: readonly Provenance[]): string {
  const body = rows.map(
    ({ pointer, note }) =>
      `<dt><code>${escapeHtml(placeName(pointer))}</code></dt><dd>${withCode(note)}<br><small><code>#${escapeHtml(pointer)}</code></small></dd>`,
  );
  return `<h2>${escapeHtml(caption)}</h2><dl>${body.join("")}</dl>`;
}

/** The body of the page that lists what a first call to the live service must confirm. */
export function assumptionsPage(document: JsonObject): string {
  const all = collectProvenance(document);
  const assumed = all.filter(({ kind }) => kind === "assumed");
  const documented = all.filter(({ kind }) => kind === "documented");
  return `<h1>Assumptions</h1>
<p>The API's own documentation is the only source of the OpenAPI document. Where it is silent, the document assumes, and marks
the place with <code>x-assumption</code>. These are the ${assumed.length} places that a first call to the live service must confirm;
a <a href="guides/contract-tests-in-ci.html">contract run</a> against it says which of them it confirmed or refuted.
Whatever is not listed here is documented.</p>
${list("Assumed", assumed)}
${list("Documented, and noted as such", documented)}`;
}
