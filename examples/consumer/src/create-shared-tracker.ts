import type { SyncLogClient, SyncLogObservation } from "@qontext/sync-log-client";
import { createSyncLogWatcher, type WatchOutcome } from "@qontext/sync-log-watcher";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { Redis } from "ioredis";
import { endedImport, type ImportState, type ImportTracker } from "./import-tracker.ts";
import type { StartIngestion } from "./ingestion.ts";

/** For how long the service tells what became of an import. */
const rememberSeconds = 7 * 24 * 60 * 60;

const keyOf = (id: string): string => `imports:${id}`;

function percentOf(seen: SyncLogObservation | null): number | null {
  if (!seen?.totalRecordsToIngest) return null;
  return Math.min(100, ((seen.recordsIngested ?? 0) / seen.totalRecordsToIngest) * 100);
}

function stateOf(outcome: WatchOutcome): ImportState {
  const { id, syncLog, error } = outcome;
  if (syncLog !== null) return endedImport(id, syncLog);
  // The watch ended, not the sync: what became of it is not known.
  const message = error?.message ?? `The watch has ended: ${outcome.endedAs}.`;
  return { id, state: "unknown", percent: null, message };
}

/**
 * Follows imports with a watcher on Redis: every instance of the service polls for all of them, and
 * an import outlives the instance that started it.
 */
export function createSharedTracker(
  client: SyncLogClient,
  startIngestion: StartIngestion,
  workspaceId: string,
  redisUrl: string,
): ImportTracker {
  const redis = new Redis(redisUrl);
  // The watcher tells the logger when Redis is away.
  redis.on("error", () => undefined);

  const watcher = createSyncLogWatcher({
    client,
    engine: bullmqEngine({ connection: redisUrl, rateLimit: { max: 50, perMs: 1000 } }),
    // An outcome may come twice: to store it again changes nothing.
    onOutcome: (outcome) =>
      redis.set(keyOf(outcome.id), JSON.stringify(stateOf(outcome)), "EX", rememberSeconds),
    logger: console,
  });

  return {
    start: async (records) => {
      const id = await startIngestion(records);
      await watcher.watch({ workspaceId, id });
      return { id, state: "running", percent: null };
    },
    find: async (id) => {
      // In this order: an outcome is stored before its watch is forgotten.
      const status = await watcher.status({ workspaceId, id });
      const ended = await redis.get(keyOf(id));
      if (ended !== null) {
        const state: ImportState = JSON.parse(ended);
        return state;
      }
      if (status === null) return undefined;
      return { id, state: "running", percent: percentOf(status.lastSeen) };
    },
    stop: async () => {
      // Polls in flight are finished, and the outcomes that they bring are stored.
      await watcher.close();
      redis.disconnect();
    },
  };
}
