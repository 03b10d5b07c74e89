import { isTerminal } from "@qontext/sync-log-client";
import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import type { SyncLog } from "@qontext/sync-log-schema";
import { UsageError } from "@qontext/sync-log-command-line";
import { timeOf } from "../display/log-times.ts";
import { valueText } from "../text/terminal-text.ts";
import { statusGroups } from "./parse-options.ts";

/** Which sync logs of a workspace are meant; all of them without any of these. */
export interface SyncLogFilter {
  /** One of these statuses, or `running` or `ended` for all that are. */
  readonly status?: readonly string[];
  /** One of these types. */
  readonly type?: readonly string[];
  /** Created or changed since then, in milliseconds since 1970. */
  readonly since?: number;
}

function groupOf(log: SyncLog): string {
  const [running, ended] = statusGroups;
  return isTerminal(log) ? ended : running;
}

function isSince(log: SyncLog, sinceMs: number): boolean {
  const changedMs = timeOf(log.updatedAt) ?? timeOf(log.createdAt);
  // What does not say when is not left out.
  return changedMs === null || changedMs >= sinceMs;
}

/** Whether a log is meant. */
export function matches(log: SyncLog, { status, type, since }: SyncLogFilter): boolean {
  return (
    (status?.some((one) => one === valueText(log.status) || one === groupOf(log)) ?? true) &&
    (type?.includes(valueText(log.type)) ?? true) &&
    (since === undefined || isSince(log, since))
  );
}

/**
 * A value that is neither documented nor in any of the logs is a {@link UsageError}: the service may have new ones, but a
 * typing error must not look like an empty list.
 */
export function checkFilter(
  logs: readonly SyncLog[],
  { status = [], type = [] }: SyncLogFilter,
): void {
  const check = (name: "status" | "type", values: readonly string[], known: readonly string[]) => {
    const unknown = values.find(
      (value) => !known.includes(value) && !logs.some((log) => valueText(log[name]) === value),
    );
    if (unknown === undefined) return;
    throw new UsageError(
      `No sync log has the ${name} "${unknown}". Known are ${known.join(", ")}.`,
    );
  };
  check("status", status, [...syncLogStatusValues, ...statusGroups]);
  check("type", type, syncLogTypeValues);
}

/** Those that run first, and of these and the others the newest first. */
export function inOrder(logs: readonly SyncLog[]): readonly SyncLog[] {
  return logs
    .map((log) => ({ log, rank: Number(isTerminal(log)), createdMs: timeOf(log.createdAt) ?? 0 }))
    .toSorted((a, b) => a.rank - b.rank || b.createdMs - a.createdMs)
    .map(({ log }) => log);
}
