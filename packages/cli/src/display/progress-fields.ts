import type { SyncLogUpdate } from "@qontext/sync-log-client";
import { formatDuration, formatRate, formatRecords } from "../text/format-values.ts";

/** `45 %`, or nothing while the percentage is unknown; never 100 % before the sync has ended. */
export function percentText({ percent, isTerminal }: SyncLogUpdate): string {
  if (percent === null) return "";
  const rounded = Math.floor(percent);
  return `${isTerminal ? rounded : Math.min(rounded, 99)} %`;
}

/** `450/1,800`. */
export function recordsText({ syncLog }: SyncLogUpdate): string {
  return formatRecords(syncLog.recordsIngested, syncLog.totalRecordsToIngest);
}

/** `12.3/s` while the sync runs. */
export function rateText({ ratePerSecond, isTerminal }: SyncLogUpdate): string {
  return ratePerSecond === null || isTerminal ? "" : formatRate(ratePerSecond);
}

/** `1 m 20 s left`, counted down by the time that has passed since the update. */
export function leftText({ etaMs, isTerminal }: SyncLogUpdate, sinceUpdateMs: number): string {
  if (etaMs === null || isTerminal) return "";
  return `${formatDuration(Math.max(0, etaMs - sinceUpdateMs))} left`;
}
