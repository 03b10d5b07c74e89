import type { SyncLogClient, WaitOptions } from "@qontext/sync-log-client";
import type { StartIngestion } from "./ingestion.ts";

/** What the service tells about one import. */
export interface ImportState {
  readonly id: string;
  readonly state: "running" | "completed" | "failed" | "stopped" | "skipped" | "unknown";
  /** From 0 to 100; null while the total is not known. */
  readonly percent: number | null;
  readonly message?: string;
}

/** Starts imports, and follows each of them until its sync has ended. */
export interface ImportTracker {
  start(records: readonly unknown[]): Promise<ImportState>;
  find(id: string): ImportState | undefined;
  /** Resolves when every import that was started has ended or was given up. */
  settle(): Promise<void>;
  /** Gives up every wait, as a service does that is told to stop. */
  stop(): void;
}

export function createImportTracker(
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
      const { outcome, syncLog } = await client.waitForSyncLog(
        { workspaceId, id },
        {
          ...waitOptions,
          signal: stopping.signal,
          onProgress: ({ percent }) => states.set(id, { id, state: "running", percent }),
        },
      );
      const message = syncLog.userFacingErrorMessage ?? syncLog.errorMessage;
      const percent = outcome === "completed" ? 100 : (states.get(id)?.percent ?? null);
      states.set(id, { id, state: outcome, percent, ...(message ? { message } : {}) });
    } catch (error) {
      // The wait ended, not the sync: what became of it is asked for again when the service starts anew.
      const message = error instanceof Error ? error.message : String(error);
      states.set(id, { id, state: "unknown", percent: states.get(id)?.percent ?? null, message });
    }
  };

  return {
    start: async (records) => {
      const id = await startIngestion(records);
      const state: ImportState = { id, state: "running", percent: null };
      states.set(id, state);
      const wait = follow(id).finally(() => waits.delete(wait));
      waits.add(wait);
      return state;
    },
    find: (id) => states.get(id),
    settle: async () => {
      await Promise.all(waits);
    },
    stop: () => stopping.abort(new Error("The service is stopping.")),
  };
}
