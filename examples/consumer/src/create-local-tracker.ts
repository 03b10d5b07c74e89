import type { SyncLogClient, WaitOptions } from "@qontext/sync-log-client";
import { endedImport, type ImportState, type ImportTracker } from "./import-tracker.ts";
import type { StartIngestion } from "./ingestion.ts";

/** For how long the service tells what became of an import, in milliseconds. */
const rememberMs = 24 * 60 * 60 * 1000;

/** Follows imports with `waitForSyncLog`: in this process, and for as long as it lives. */
export function createLocalTracker(
  client: SyncLogClient,
  startIngestion: StartIngestion,
  workspaceId: string,
  waitOptions: Pick<WaitOptions, "minIntervalMs" | "maxIntervalMs"> = {},
): ImportTracker {
  const states = new Map<string, ImportState>();
  const waits = new Set<Promise<void>>();
  const stopping = new AbortController();

  const follow = async (id: string): Promise<void> => {
    try {
      const { syncLog } = await client.waitForSyncLog(
        { workspaceId, id },
        {
          ...waitOptions,
          signal: stopping.signal,
          onProgress: ({ percent }) => states.set(id, { id, state: "running", percent }),
        },
      );
      states.set(id, endedImport(id, syncLog));
    } catch (error) {
      // The wait ended, not the sync: what became of it is not known here.
      const message = error instanceof Error ? error.message : String(error);
      states.set(id, { id, state: "unknown", percent: states.get(id)?.percent ?? null, message });
    }
  };

  return {
    start: async (records) => {
      const id = await startIngestion(records);
      const state: ImportState = { id, state: "running", percent: null };
      states.set(id, state);
      const wait = follow(id).finally(() => {
        waits.delete(wait);
        setTimeout(() => states.delete(id), rememberMs).unref();
      });
      waits.add(wait);
      return state;
    },
    find: async (id) => states.get(id),
    stop: async () => {
      stopping.abort(new Error("The service is stopping."));
      await Promise.all(waits);
    },
  };
}
