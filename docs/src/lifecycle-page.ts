import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  isJsonObject,
  nextStatuses,
  readAssumptions,
  readLifecycle,
} from "@qontext/sync-log-document";
import { escapeHtml } from "./escape-html.ts";
import { describeLifecycle, lifecycleDiagram, runningStatuses } from "./lifecycle-diagram.ts";

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** The body of the page about the lifecycle: the diagram, the same in words, and as a table. */
export function lifecyclePage(document: OpenApiDocument): string {
  const pointer = "#/components/schemas/SyncLog";
  const value = document.at(pointer);
  const lifecycle = isJsonObject(value) ? readLifecycle(document, { pointer, value }) : undefined;
  if (lifecycle === undefined) throw new Error("The schema SyncLog has no x-lifecycle.");
  const assumption = readAssumptions(document).find(
    (one) => one.pointer === `${pointer}/x-lifecycle`,
  );
  const statuses = [...runningStatuses(lifecycle), ...Object.keys(lifecycle.terminal)];
  const rows = statuses.map((status) => {
    const outcome = lifecycle.terminal[status];
    const after = nextStatuses(lifecycle, status).map(code).join(", ");
    return `<tr><th scope="row">${code(status)}</th><td>${outcome === undefined ? "running" : escapeHtml(outcome.replaceAll("-", " "))}</td><td>${after === "" ? "nothing: it does not change again" : after}</td></tr>`;
  });
  return `<h1>The lifecycle of a sync log</h1>
<p>${escapeHtml(describeLifecycle(lifecycle))} A status may be left out, because a poll can miss it; it never goes back.</p>
<figure>${lifecycleDiagram(lifecycle)}<figcaption>Drawn from <code>x-lifecycle</code> of the OpenAPI document.</figcaption></figure>
<div class="scroll" tabindex="0" role="region" aria-label="Statuses"><table><thead><tr><th scope="col">status</th><th scope="col">what it means</th><th scope="col">what may follow</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
<p class="assumption"><strong>Assumed.</strong> ${escapeHtml(assumption?.text ?? "")}</p>`;
}
