import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { LifecycleOutcome } from "@qontext/sync-log-schema";
import picocolors from "picocolors";

/** Functions that color text, or return it unchanged where colors are off. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** The colors of a stream. */
export function createColors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}

const colorByOutcome = {
  success: "green",
  failure: "red",
  cancelled: "yellow",
  "nothing-done": "dim",
} as const satisfies Record<LifecycleOutcome, keyof Colors>;

const outcomes: ReadonlyMap<string, LifecycleOutcome> = new Map(
  Object.entries(syncLogLifecycle.terminal),
);

/** Text in the color of a status: that of its outcome, or the one of a sync that runs. */
export function colorStatus(status: string, text: string, colors: Colors): string {
  const outcome = outcomes.get(status);
  return colors[outcome === undefined ? "cyan" : colorByOutcome[outcome]](text);
}
