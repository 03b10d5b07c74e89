import type { SyncLog } from "@qontext/sync-log-schema";

/** A moment of a log in milliseconds since 1970; null where the log has none, or anything else in its place. */
export function timeOf(value: unknown): number | null {
  const atMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

/** How long a sync took, or takes until `nowMs`; null where its log does not say. */
export function tookMs(
  { startedAt, completedAt }: SyncLog,
  nowMs: number | null = null,
): number | null {
  const startedMs = timeOf(startedAt);
  const endedMs = timeOf(completedAt) ?? nowMs;
  return startedMs === null || endedMs === null || endedMs < startedMs ? null : endedMs - startedMs;
}
