import type { Lifecycle } from "@qontext/sync-log-document";
import { isTerminalStatus } from "@qontext/sync-log-document";
import { escapeHtml } from "../escape-html.ts";

/** The statuses a sync can be in before it ends, in their order. */
export function runningStatuses(lifecycle: Lifecycle): readonly string[] {
  return lifecycle.order.filter((status) => !isTerminalStatus(lifecycle, status));
}

/** The terminal statuses that may follow any running one: those outside the order. */
function interruptions({ order, terminal }: Lifecycle): readonly string[] {
  return Object.keys(terminal).filter((status) => !order.includes(status));
}

const box = { width: 142, height: 38 } as const;
const margin = 6;
const rowGap = 28;
const columnGap = 62;

interface Position {
  readonly x: number;
  readonly y: number;
}

function statusBox(status: string, { x, y }: Position, kind: string): string {
  const centerX = x + box.width / 2;
  const centerY = y + box.height / 2;
  return (
    `<rect class="box ${kind}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="9"/>` +
    `<text class="label" x="${centerX}" y="${centerY}" dy="0.35em">${escapeHtml(status)}</text>`
  );
}

function arrow(path: string): string {
  return `<path class="arrow" d="${path}" marker-end="url(#lifecycle-arrow)"/>`;
}

/** Down the left side: the order, from the initial status to the last. */
function orderColumn({ order, terminal }: Lifecycle): string {
  return order
    .map((status, index) => {
      const y = margin + index * (box.height + rowGap);
      const kind = terminal[status] ?? (index === 0 ? "initial" : "running");
      const centerX = margin + box.width / 2;
      const down =
        index < order.length - 1
          ? arrow(`M${centerX} ${y + box.height} V${y + box.height + rowGap - 3}`)
          : "";
      return statusBox(status, { x: margin, y }, kind) + down;
    })
    .join("");
}

/** On the right: the terminal statuses that any running one may go to, fed by one line that collects them all. */
function interruptionColumn(lifecycle: Lifecycle): string {
  const running = runningStatuses(lifecycle);
  const left = margin + box.width;
  const trunkX = left + columnGap / 2;
  const rowCenter = (index: number): number =>
    margin + index * (box.height + rowGap) + box.height / 2;
  const stubs = running
    .map((_, index) => `<path class="arrow" d="M${left} ${rowCenter(index)} H${trunkX}"/>`)
    .join("");
  const ends = interruptions(lifecycle).map((status, index) => {
    const y = rowCenter(index + 0.5);
    const x = left + columnGap;
    return (
      arrow(`M${trunkX} ${y} H${x - 3}`) +
      statusBox(status, { x, y: y - box.height / 2 }, lifecycle.terminal[status] ?? "")
    );
  });
  const last = Math.max(running.length - 1, ends.length - 0.5);
  const trunk = `<path class="arrow" d="M${trunkX} ${rowCenter(0)} V${rowCenter(last)}"/>`;
  return ends.length === 0 ? "" : stubs + trunk + ends.join("");
}

/** The lifecycle as one sentence, for readers who do not see the picture. */
export function describeLifecycle(lifecycle: Lifecycle): string {
  const others = interruptions(lifecycle);
  const order = `A sync goes ${lifecycle.order.join(", then ")}.`;
  if (others.length === 0) return order;
  const list = `${others.slice(0, -1).join(", ")}${others.length > 1 ? " or " : ""}${others.at(-1)}`;
  return `${order} From ${runningStatuses(lifecycle).join(", ")} it may also end as ${list}.`;
}

/** An SVG of the lifecycle, drawn from `x-lifecycle`; colors come from the page's style sheet. */
export function lifecycleDiagram(lifecycle: Lifecycle): string {
  const rows = Math.max(lifecycle.order.length, interruptions(lifecycle).length + 1);
  const height = 2 * margin + rows * box.height + (rows - 1) * rowGap;
  const width = 2 * margin + 2 * box.width + columnGap;
  return (
    `<svg class="lifecycle" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="lifecycle-title lifecycle-description">` +
    `<title id="lifecycle-title">The lifecycle of a sync log</title>` +
    `<desc id="lifecycle-description">${escapeHtml(describeLifecycle(lifecycle))}</desc>` +
    `<defs><marker id="lifecycle-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto">` +
    `<path class="arrow-head" d="M0 0 L8 4 L0 8 z"/></marker></defs>` +
    `${orderColumn(lifecycle)}${interruptionColumn(lifecycle)}</svg>`
  );
}
