import { createSyncLogClient } from "@qontext/sync-log-client";
import type { SyncLogClient, SyncLogUpdate } from "@qontext/sync-log-client";
import type { Sync } from "./control.ts";

/** Events of reading a sync. */
export interface WatchEvents {
  readonly onUpdate: (update: SyncLogUpdate) => void;
  /** A read failed and is tried again. */
  readonly onTrouble: (what: string) => void;
}

const retryMs = 1500;

/** Reads syncs as any application would: with one client, whose reads of one workspace share its list. */
export function createWatcher(
  baseUrl: string,
  apiKey: string,
): (sync: Sync, events: WatchEvents, signal: AbortSignal) => void {
  let client: SyncLogClient | undefined;
  return (sync, events, signal) => {
    try {
      client ??= createSyncLogClient({
        baseUrl,
        apiKey,
        dangerouslyAllowBrowser: true,
        timeoutMs: 5000,
      });
      void watch(client, sync, events, signal);
    } catch (error) {
      // For example, the client sends no key over plain HTTP to another machine.
      events.onTrouble(error instanceof Error ? error.message : String(error));
    }
  };
}

async function watch(
  client: SyncLogClient,
  { workspaceId, id }: Sync,
  events: WatchEvents,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const options = { minIntervalMs: 300, maxIntervalMs: 700, signal };
      for await (const update of client.watchSyncLog({ workspaceId, id }, options)) {
        events.onUpdate(update);
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      events.onTrouble(error instanceof Error ? error.message : String(error));
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
