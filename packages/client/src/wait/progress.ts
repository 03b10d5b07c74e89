import type { SyncLog } from "@qontext/sync-log-schema";
import { outcomeOf } from "./terminal-status.ts";

/** After this long, in milliseconds, an old rate counts for a third. */
const rateMemoryMs = 30_000;

/** What would take longer than a year is not known. */
const longestEtaMs = 365 * 86_400_000;

/** What is known of how fast a sync goes. */
export interface ProgressState {
  readonly atMs: number;
  readonly recordsIngested: number | null;
  readonly ratePerSecond: number | null;
}

/** How far a sync is. */
export interface Progress {
  /** From 0 to 100; null while the total is unknown. */
  readonly percent: number | null;
  /** Records ingested in a second, of late; null while unknown. */
  readonly ratePerSecond: number | null;
  /** How long the rest will take at that rate, in milliseconds; null while unknown. */
  readonly etaMs: number | null;
}

/** A count as far as it can be relied on: null where it is missing or no count at all. */
export function countOf(value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/**
 * The rate after one more look at the sync log: an average that forgets with time, so that it falls
 * while nothing happens. It starts anew when the count goes back.
 */
export function advanceProgress(
  before: ProgressState | null,
  syncLog: SyncLog,
  atMs: number,
): ProgressState {
  const recordsIngested = countOf(syncLog.recordsIngested);
  const fresh = { atMs, recordsIngested, ratePerSecond: null };
  if (before === null || before.recordsIngested === null || recordsIngested === null) {
    return fresh;
  }
  const passedMs = atMs - before.atMs;
  const ingested = recordsIngested - before.recordsIngested;
  if (ingested < 0) return fresh;
  if (passedMs <= 0) return before;
  const currentRate = (ingested / passedMs) * 1000;
  const { ratePerSecond: oldRate } = before;
  if (oldRate === null) {
    return { atMs, recordsIngested, ratePerSecond: ingested === 0 ? null : currentRate };
  }
  const weight = 1 - Math.exp(-passedMs / rateMemoryMs);
  return { atMs, recordsIngested, ratePerSecond: oldRate + weight * (currentRate - oldRate) };
}

/** How far the sync is, and how long the rest will take. */
export function progressOf(
  syncLog: Pick<SyncLog, "status" | "recordsIngested" | "totalRecordsToIngest">,
  ratePerSecond: number | null,
  isTerminal: boolean,
): Progress {
  const ingested = countOf(syncLog.recordsIngested);
  const total = countOf(syncLog.totalRecordsToIngest);
  return {
    percent: outcomeOf(syncLog.status) === "success" ? 100 : percentOf(ingested, total),
    ratePerSecond,
    etaMs: isTerminal ? 0 : etaOf(ingested, total, ratePerSecond),
  };
}

function percentOf(ingested: number | null, total: number | null): number | null {
  // Of nothing to ingest no part is done, and no part is left.
  if (total === null || total === 0) return null;
  return Math.min(100, ((ingested ?? 0) / total) * 100);
}

function etaOf(ingested: number | null, total: number | null, rate: number | null): number | null {
  // More ingested than there is to ingest: the total can't be relied on. Nor can one of 0, which a
  // sync in preparation may have.
  if (ingested === null || !total || ingested > total) return null;
  if (ingested === total) return 0;
  const etaMs = rate === null || rate <= 0 ? Infinity : ((total - ingested) / rate) * 1000;
  return etaMs <= longestEtaMs ? etaMs : null;
}
