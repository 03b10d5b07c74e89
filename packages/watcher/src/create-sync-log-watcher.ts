import { embeddedEngine } from "./embedded/embedded-engine.ts";
import type { WatchEngine } from "./engine.ts";
import { startEngine } from "./start-engine.ts";
import { checkWatch } from "./watch/check-watch.ts";
import type { WatchOverview, WatchStage, WatchStatus } from "./watch/watch-status.ts";
import { checkTarget, type WatchTarget } from "./watch/watch-target.ts";
import { createWatchWork } from "./watch-work.ts";
import type { SyncLogWatcherOptions, WatchOptions } from "./watcher-options.ts";

/** Watches sync logs, and tells what became of them. */
export interface SyncLogWatcher {
  /**
   * Watches a sync log; resolves once that is stored. The same workspace and id are one watch,
   * whoever asks: resolves to false, and changes nothing, where it was there already (two machines
   * that ask at the same instant may both hear true; it is one watch all the same).
   *
   * @throws WatchRequestError when ids or options are not usable; WatcherClosedError after `close`
   */
  watch(target: WatchTarget, options?: WatchOptions): Promise<boolean>;
  /** Where a watch stands; null if there is no such watch, or it was delivered long ago. */
  status(target: WatchTarget): Promise<WatchStatus | null>;
  /** Ends a watch without an outcome; false if there is no such watch, or its outcome is being delivered. */
  cancel(target: WatchTarget): Promise<boolean>;
  /** Every watch, or those of one stage, such as `"parked"`. */
  list(stage?: WatchStage): AsyncIterable<WatchStatus>;
  /** Delivers a parked outcome again, or every one, with all attempts; resolves to how many. */
  redrive(target?: WatchTarget): Promise<number>;
  /** Polls again after a pause, once the API key is valid again; false if polls were not paused. */
  resume(): Promise<boolean>;
  /** How many watches there are in each stage, and whether and why polls are paused. */
  overview(): Promise<WatchOverview>;
  /**
   * Starts no new poll, finishes those in flight and leaves all the rest to other processes; after
   * `graceMs` it hands over what is still running. Done within a second more.
   */
  close(options?: CloseOptions): Promise<void>;
}

/** Options of {@link SyncLogWatcher.close}. */
export interface CloseOptions {
  /** How long polls and deliveries in flight may take, in milliseconds. @default 3500 */
  readonly graceMs?: number | undefined;
}

/**
 * Creates a watcher and starts it: watches that the engine has kept go on at once.
 *
 * @throws WatcherOptionError when an option is not usable
 */
export function createSyncLogWatcher(options: SyncLogWatcherOptions): SyncLogWatcher {
  const work = createWatchWork(options);
  const engine: WatchEngine = options.engine ?? embeddedEngine();
  const starting = startEngine(engine, work);

  return {
    watch: async (target, watchOptions = {}) => {
      const watch = checkWatch(target, watchOptions);
      await starting.ready();
      return engine.add(watch);
    },
    status: async (target) => {
      await starting.ready();
      return engine.status(checkTarget(target));
    },
    cancel: async (target) => {
      await starting.ready();
      return engine.cancel(checkTarget(target));
    },
    list: async function* list(stage) {
      await starting.ready();
      yield* engine.list(stage);
    },
    redrive: async (target) => {
      await starting.ready();
      return engine.redrive(target === undefined ? undefined : checkTarget(target));
    },
    resume: async () => {
      await starting.ready();
      return engine.resume();
    },
    overview: async () => {
      await starting.ready();
      return engine.overview();
    },
    close: async ({ graceMs = 3500 } = {}) => {
      starting.stop();
      await engine.close(graceMs);
    },
  };
}
