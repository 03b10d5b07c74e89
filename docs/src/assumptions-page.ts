import type { Assumption, OpenApiDocument } from "@qontext/sync-log-document";
import { readAssumptions } from "@qontext/sync-log-document";
import { escapeHtml } from "./escape-html.ts";

/** Text in which backticks stand for code. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/gu, "<code>$1</code>");
}

const shown: readonly (readonly [RegExp, string])[] = [
  [/^#\/components\/schemas\/(\w+)\/properties\/(\w+)$/u, "$1.$2"],
  [/^#\/components\/schemas\/(\w+)\/x-(\w+)$/u, "$1, its $2"],
  [/^#\/components\/schemas\/(\w+)$/u, "$1"],
  [/^#\/components\/responses\/(\w+)$/u, "the response $1"],
  [/^#\/components\/headers\/(\w+)$/u, "the header $1"],
];

/** A pointer in a reader's words: `SyncLog.startedAt`, `the response NotFound`. */
export function placeName(pointer: string): string {
  const rule = shown.find(([pattern]) => pattern.test(pointer));
  return rule === undefined ? pointer : pointer.replace(rule[0], rule[1]);
}

function list(caption: string, rows: readonly Assumption[]): string {
  const body = rows.map(
    ({ pointer, text }) =>
      `<dt><code>${escapeHtml(placeName(pointer))}</code></dt><dd>${withCode(text)}<br><small><code>${escapeHtml(pointer)}</code></small></dd>`,
  );
  return `<h2>${escapeHtml(caption)}</h2><dl>${body.join("")}</dl>`;
}

/** The body of the page that lists what a first call to the live service must confirm. */
export function assumptionsPage(document: OpenApiDocument): string {
  const assumed = readAssumptions(document);
  const documented = [...document.walk()].flatMap(({ pointer, value }) => {
    const provenance = value["x-provenance"];
    const text = `The values are ${String(provenance)}.`;
    return provenance === undefined ? [] : [{ pointer, text }];
  });
  return `<h1>Assumptions</h1>
<p>The API's own documentation is the only source of the OpenAPI document. Where it is silent, the document assumes, and marks
the place with <code>x-assumption</code>. These are the ${assumed.length} places that a first call to the live service must confirm;
a <a href="guides/contract-tests-in-ci.html">contract run</a> against it says which of them it confirmed or refuted.
Everything that is not listed here is documented.</p>
${list("Assumed", assumed)}
${list("Documented, and noted as such", documented)}`;
}
