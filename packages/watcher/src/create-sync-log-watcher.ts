import { embeddedEngine } from "./embedded/embedded-engine.ts";
import type { WatchCommands, WatchEngine, WatchWork } from "./engine.ts";
import { checkWatch, type WatchOptions } from "./watch/new-watch.ts";
import { checkTarget, type WatchTarget } from "./watch/watch-target.ts";
import { createWatchWork } from "./watch-work.ts";
import type { SyncLogWatcherOptions } from "./watcher-options.ts";

/** Watches sync logs and delivers their outcomes. */
export interface SyncLogWatcher extends WatchCommands {
  /**
   * Watches a sync log; resolves once the watch is stored. The same workspace and id are one watch
   * for all callers: resolves to false, and changes nothing, if it exists already. Two machines that
   * ask at the same instant may both get true; it is one watch all the same.
   *
   * @throws WatchRequestError for invalid ids or options; WatcherClosedError after `close`
   */
  watch(target: WatchTarget, options?: WatchOptions): Promise<boolean>;
  /**
   * Starts no new poll, finishes those in flight and leaves the rest to other processes; after
   * `graceMs` it hands over what is still running. Takes at most a second more.
   */
  close(options?: CloseOptions): Promise<void>;
}

/** Options of {@link SyncLogWatcher.close}. */
export interface CloseOptions {
  /** How long polls and deliveries in flight may take, in milliseconds. @default 3500 */
  readonly graceMs?: number | undefined;
}

const restartAfterMs = 1000;

/** Starts an engine, and again a second after each failure, such as an unreachable Redis. */
function startEngine(
  engine: WatchEngine,
  work: WatchWork,
): { readonly ready: () => Promise<WatchEngine>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let attempt = Promise.resolve();
  const start = (): void => {
    attempt = engine.start(work);
    attempt.catch((error: unknown) => {
      if (isStopped) return;
      work.report({ type: "engine_error", error, count: 1 });
      timer = setTimeout(start, restartAfterMs);
    });
  };
  start();
  return {
    ready: async () => {
      await attempt;
      return engine;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Creates a watcher and starts it; watches that its engine has stored continue at once.
 *
 * @throws WatcherOptionError for an invalid option
 */
export function createSyncLogWatcher(options: SyncLogWatcherOptions): SyncLogWatcher {
  const work = createWatchWork(options);
  const engine = options.engine ?? embeddedEngine();
  const { ready, stop } = startEngine(engine, work);

  return {
    watch: async (target, watchOptions = {}) => {
      const watch = checkWatch(target, watchOptions);
      return (await ready()).add(watch);
    },
    status: async (target) => (await ready()).status(checkTarget(target)),
    cancel: async (target) =>
      (await ready()).cancel(typeof target === "string" ? target : checkTarget(target)),
    list: async function* list(stage) {
      yield* (await ready()).list(stage);
    },
    redrive: async (target) => (await ready()).redrive(target && checkTarget(target)),
    resume: async () => (await ready()).resume(),
    overview: async () => (await ready()).overview(),
    health: () => engine.health(),
    close: async ({ graceMs = 3500 } = {}) => {
      stop();
      await engine.close(graceMs);
    },
  };
}
