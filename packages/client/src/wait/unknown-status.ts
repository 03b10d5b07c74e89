import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import type { SafeLogger } from "../logger.ts";
import { statusText } from "./end-of-wait.ts";

/** So many unknown statuses are reported, each once. */
const maxReportedStatuses = 10;

/** Reports a status that the document does not have. Gives those that were reported, undefined where none was. */
export function reportUnknownStatus(
  { status, id }: SyncLog,
  reported: Set<string> | undefined,
  logger: SafeLogger | undefined,
): Set<string> | undefined {
  if (isKnownSyncLogStatus(status)) return reported;
  const name = statusText(status);
  if (reported?.has(name) === true || reported?.size === maxReportedStatuses) return reported;
  logger?.("warn", "A sync log has an unknown status; waiting on.", { status: name, id });
  return (reported ?? new Set()).add(name);
}
