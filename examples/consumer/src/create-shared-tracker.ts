import { setTimeout as sleep } from "node:timers/promises";
import type { SyncLogClient, SyncLogObservation } from "@qontext/sync-log-client";
import {
  createSyncLogWatcher,
  type WatchOutcome,
  WatchRequestError,
  type WatchStatus,
} from "@qontext/sync-log-watcher";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { Redis } from "ioredis";
import { endedImport, type ImportState, type ImportTracker } from "./import-tracker.ts";
import type { StartIngestion } from "./ingestion.ts";

/** For how long the service tells what became of an import. */
const rememberSeconds = 7 * 24 * 60 * 60;

const retryWatchMs = 5000;

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

  const unwatched = new Set<string>();
  const isWatched = async (id: string): Promise<boolean> => {
    try {
      await watcher.watch({ workspaceId, id });
      return true;
    } catch (error) {
      process.stderr.write(`The import ${id} is not watched yet: ${String(error)}\n`);
      return false;
    }
  };
  /** The import has started: to fail now would make the user start a second one. */
  const watchLater = async (id: string): Promise<void> => {
    unwatched.add(id);
    while (unwatched.has(id)) {
      await sleep(retryWatchMs, undefined, { ref: false });
      if (unwatched.has(id) && (await isWatched(id))) unwatched.delete(id);
    }
  };
  const statusOf = async (id: string): Promise<WatchStatus | null> => {
    try {
      return await watcher.status({ workspaceId, id });
    } catch (error) {
      // No sync log can have such an id.
      if (error instanceof WatchRequestError) return null;
      throw error;
    }
  };

  return {
    start: async (records) => {
      const id = await startIngestion(records);
      if (!(await isWatched(id))) void watchLater(id);
      return { id, state: "running", percent: null };
    },
    find: async (id) => {
      if (unwatched.has(id)) return { id, state: "running", percent: null };
      // In this order: an outcome is stored before its watch is forgotten.
      const status = await statusOf(id);
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
      unwatched.clear();
      await watcher.close();
      redis.disconnect();
    },
  };
}
