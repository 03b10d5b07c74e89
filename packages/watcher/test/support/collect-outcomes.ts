import { createSyncLogClient } from "@qontext/sync-log-client";
import { bullmqEngine } from "../../src/bullmq.ts";
import {
  createSyncLogWatcher,
  type SyncLogWatcher,
  type SyncLogWatcherOptions,
  type WatcherEvent,
  type WatchOutcome,
  type WatchTarget,
  type WatchUpdate,
} from "../../src/index.ts";
import type { SyncLogApi } from "./sync-log-api.ts";

/** A watcher in the test's own process. */
export interface CollectingWatcher {
  readonly watcher: SyncLogWatcher;
  readonly outcomes: WatchOutcome[];
  readonly updates: WatchUpdate[];
  readonly events: WatcherEvent[];
  [Symbol.asyncDispose](): Promise<void>;
}

export function collectOutcomes(
  api: SyncLogApi,
  options: Partial<SyncLogWatcherOptions> = {},
): CollectingWatcher {
  const outcomes: WatchOutcome[] = [];
  const updates: WatchUpdate[] = [];
  const events: WatcherEvent[] = [];
  const watcher = createSyncLogWatcher({
    client: createSyncLogClient({ apiKey: api.apiKey, baseUrl: api.url }),
    onOutcome: (outcome) => outcomes.push(outcome),
    onUpdate: (update) => updates.push(update),
    onEvent: (event) => events.push(event),
    minIntervalMs: 30,
    maxIntervalMs: 30,
    delivery: { maxAttempts: 3, baseDelayMs: 10, maxDelayMs: 20 },
    ...options,
  });
  const close = (): Promise<void> => watcher.close({ graceMs: 0 });
  return { watcher, outcomes, updates, events, [Symbol.asyncDispose]: close };
}

/** How often the tests of lists have their watches polled. */
export const listIntervals = { minIntervalMs: 200, maxIntervalMs: 400 };

/** The same on Redis, for tests of lists. */
export function collectOnRedis(
  redisUrl: string,
  api: SyncLogApi,
  options: Partial<SyncLogWatcherOptions> = {},
  engine: Partial<Parameters<typeof bullmqEngine>[0]> = {},
): CollectingWatcher {
  return collectOutcomes(api, {
    engine: bullmqEngine({ connection: redisUrl, ...engine }),
    ...listIntervals,
    ...options,
  });
}

/** Watches all of them at once. */
export async function watchAll(
  { watcher }: CollectingWatcher,
  all: readonly WatchTarget[],
): Promise<void> {
  await Promise.all(all.map(async (one) => watcher.watch(one)));
}
