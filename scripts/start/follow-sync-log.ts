import type { SyncLogClient, SyncLogUpdate, WatchSyncLogOptions } from "@qontext/sync-log-client";

const barWidth = 30;

/** `ingesting      [=========>          ]  45 %  450/1800 records  2 s left`, for one update. */
export function progressLine({ syncLog, percent, etaMs }: SyncLogUpdate): string {
  const filled = Math.round(((percent ?? 0) / 100) * barWidth);
  const bar = `[${"=".repeat(filled)}${" ".repeat(barWidth - filled)}]`;
  const share = percent === null ? "     " : `${String(Math.round(percent)).padStart(3)} %`;
  const records = `${syncLog.recordsIngested ?? 0}/${syncLog.totalRecordsToIngest ?? "?"} records`;
  const left = etaMs === null ? "" : `  ${Math.ceil(etaMs / 1000)} s left`;
  return `${syncLog.status.padEnd(14)} ${bar} ${share}  ${records}${left}`;
}

/** Follows one sync log to its end, a line for each change, and prints the final record; the exit code tells success. */
export async function followSyncLog(
  client: SyncLogClient,
  target: { readonly workspaceId: string; readonly id: string },
  options: WatchSyncLogOptions = {},
): Promise<number> {
  console.log(`Following ${target.id}`);
  const { outcome, syncLog } = await client.waitForSyncLog(target, {
    ...options,
    onProgress: (update) => console.log(progressLine(update)),
  });
  console.log(JSON.stringify(syncLog, null, 2));
  return outcome === "completed" || outcome === "skipped" ? 0 : 1;
}
