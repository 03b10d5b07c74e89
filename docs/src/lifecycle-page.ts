import { escapeHtml } from "./escape-html.ts";
import { interruptions, runningStatuses } from "./lifecycle.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { describeLifecycle, lifecycleDiagram } from "./lifecycle-diagram.ts";

/** Which statuses may come after `status`; a poll may miss any of them but the terminal one. */
export function statusesAfter(status: string, lifecycle: Lifecycle): readonly string[] {
  if (status in lifecycle.terminal) return [];
  const later = lifecycle.order.slice(lifecycle.order.indexOf(status) + 1);
  return [...later, ...interruptions(lifecycle)];
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** The body of the page about the lifecycle: the diagram, the same in words, and as a table. */
export function lifecyclePage(lifecycle: Lifecycle): string {
  const statuses = [...runningStatuses(lifecycle), ...Object.keys(lifecycle.terminal)];
  const rows = statuses.map((status) => {
    const outcome = lifecycle.terminal[status];
    const after = statusesAfter(status, lifecycle).map(code).join(", ");
    return `<tr><th scope="row">${code(status)}</th><td>${outcome === undefined ? "running" : escapeHtml(outcome.replaceAll("-", " "))}</td><td>${after === "" ? "nothing: it does not change any more" : after}</td></tr>`;
  });
  return `<h1>The lifecycle of a sync log</h1>
<p>${escapeHtml(describeLifecycle(lifecycle))} A status may be left out, because a poll can miss it; it never goes back.</p>
<figure>${lifecycleDiagram(lifecycle)}<figcaption>Drawn from <code>x-lifecycle</code> of the OpenAPI document.</figcaption></figure>
<div class="scroll" tabindex="0" role="region" aria-label="Statuses"><table><thead><tr><th scope="col">status</th><th scope="col">what it means</th><th scope="col">what may follow</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
<p class="assumption"><strong>Assumed.</strong> ${escapeHtml(lifecycle.assumption)}</p>`;
}
