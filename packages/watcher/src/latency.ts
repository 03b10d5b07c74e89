import type { WatchOutcome } from "./watch/watch-outcome.ts";

/** From the end of the sync, where the sync log says when that was, else from when it was seen. */
export function latencyMs(outcome: WatchOutcome, nowMs: number): number {
  const completedAt = outcome.syncLog?.completedAt;
  const completedAtMs = typeof completedAt === "string" ? Date.parse(completedAt) : Number.NaN;
  const endedAtMs = Number.isNaN(completedAtMs) ? outcome.observedAtMs : completedAtMs;
  return Math.max(0, Math.round(nowMs - endedAtMs));
}
