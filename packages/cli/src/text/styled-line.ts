import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { LifecycleOutcome } from "@qontext/sync-log-schema";

/** How a text looks where colors are on. */
export type Style = "bold" | "cyan" | "dim" | "green" | "red" | "yellow";

/** A part of a line that has a look of its own. */
export interface StyledText {
  readonly text: string;
  readonly style: Style;
}

/**
 * A line for people, in parts. The parts may hold what a service sent: what a terminal acts on is taken out of them, and
 * colors are added, only where the line is printed.
 */
export type Line = readonly (string | StyledText)[];

export function styled(style: Style, text: string): StyledText {
  return { style, text };
}

/** The text of a line, as it is without colors. */
export function plainText(line: Line): string {
  return line.map((part) => (typeof part === "string" ? part : part.text)).join("");
}

const styleByOutcome: Readonly<Record<LifecycleOutcome, Style>> = {
  success: "green",
  failure: "red",
  cancelled: "yellow",
  "nothing-done": "dim",
};

const outcomes: ReadonlyMap<string, LifecycleOutcome> = new Map(
  Object.entries(syncLogLifecycle.terminal),
);

/** The look of a status: that of its outcome, or the one of a sync that runs. */
export function styleOfStatus(status: string): Style {
  const outcome = outcomes.get(status);
  return outcome === undefined ? "cyan" : styleByOutcome[outcome];
}
