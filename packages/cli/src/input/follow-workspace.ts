import { setTimeout as delay } from "node:timers/promises";
import { isTerminal } from "@qontext/sync-log-client";
import type { SyncLogClient, SyncLogUpdate } from "@qontext/sync-log-client";
import { readSyncLogList } from "./read-sync-log-list.ts";

export async function* followWorkspace(
  client: SyncLogClient,
  { workspaceId }: { readonly workspaceId: string },
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<SyncLogUpdate, undefined> {
  const seen = new Map<string, string>();
  const startedMs = performance.now();
  for (let polls = 1; ; polls += 1) {
    for (const syncLog of await readSyncLogList(client, workspaceId)) {
      const text = JSON.stringify(syncLog);
      if (seen.get(syncLog.id) === text) continue;
      seen.set(syncLog.id, text);
      const { recordsIngested, totalRecordsToIngest } = syncLog;
      yield {
        syncLog,
        percent: ((recordsIngested ?? 0) / (totalRecordsToIngest ?? Infinity)) * 100,
        ratePerSecond: null,
        etaMs: null,
        elapsedMs: performance.now() - startedMs,
        polls,
        isTerminal: isTerminal(syncLog),
        isStalled: false,
        correlationId: null,
      };
    }
    try {
      await delay(500, undefined, { signal });
    } catch {
      throw signal.reason;
    }
  }
}
