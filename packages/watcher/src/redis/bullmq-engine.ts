import type { WatchEngine, WatchWork } from "../engine.ts";
import { messageOf, SyncLogWatcherError, WatchEngineError, WatcherClosedError } from "../errors.ts";
import { untilAborted } from "../until-aborted.ts";
import { watchKey } from "../watch/watch-target.ts";
import { type BullmqEngineOptions, checkBullmqOptions } from "./bullmq-options.ts";
import { addWatch, cancelWatch, redriveParked } from "./change-watches.ts";
import { addressOf, callTimeoutMs, connect, type WatchConnection } from "./connect.ts";
import { createAddOrder } from "./fair-share.ts";
import { createPulse, type Pulse } from "./pulse.ts";
import { closeQueues, openQueues, type WatchQueues } from "./queues.ts";
import { listWatches, readOverview, readStatus } from "./read-watches.ts";
import { resumePolls } from "./refused-keys.ts";
import { createServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";
import { startWorkers, type Workers } from "./workers.ts";

const checkEvictionEveryMs = 30_000;

/**
 * Stores watches on Redis or Valkey with BullMQ: they outlive every process, and many machines share
 * them.
 *
 * Connects at once and keeps trying. A call rejects when Redis is unreachable for some seconds;
 * nothing was stored then.
 *
 * @throws WatcherOptionError for an invalid option
 */
export function bullmqEngine(options: BullmqEngineOptions): WatchEngine {
  const checked = checkBullmqOptions(options);
  let work: WatchWork | undefined;
  let workers: Workers | undefined;
  let opened: Promise<WatchQueues> | undefined;
  let closing: Promise<void> | undefined;

  const silentAfterMs = Math.max(15_000, checked.lockMs, 3 * checked.stalledCheckMs);
  const pulse = createPulse(silentAfterMs, (event) => work?.report(event));
  const { connection, end } = connect(checked.connection, "caller", pulse);
  const clock = createServerClock(connection);
  const adds = createAddOrder(clock.nowMs);

  let toldWarning: string | null = null;
  const tellWarning = (): void => {
    const { warning } = pulse;
    if (work === undefined || warning === toldWarning) return;
    toldWarning = warning;
    if (warning === null) return;
    work.report({ type: "engine_error", error: new WatchEngineError(warning), count: 1 });
  };
  const checkEviction = async (): Promise<void> => {
    const info = await connection.info("memory").catch(() => null);
    if (info !== null) pulse.warning = evictionWarning(info);
    tellWarning();
  };
  // A setting may change while the connection stays.
  const evictionTimer = setInterval(() => void checkEviction(), checkEvictionEveryMs);
  evictionTimer.unref();
  // Each time: it may be another Redis, or the same with other settings.
  connection.on("ready", () => void checkEviction());

  const openAll = async (): Promise<WatchQueues> => {
    await clock.sync();
    const queues = openQueues(serverTimeBackend(clock), connection, checked.prefix, pulse);
    const ready = Promise.all([queues.polls.waitUntilReady(), queues.outcomes.waitUntilReady()]);
    try {
      await untilAborted(ready, AbortSignal.timeout(callTimeoutMs));
      await checkEviction();
      return queues;
    } catch (error) {
      void closeQueues(queues);
      throw error;
    }
  };
  const queues = async (): Promise<WatchQueues> => {
    if (closing !== undefined) throw new WatcherClosedError();
    opened ??= openAll();
    try {
      return await opened;
    } catch (error) {
      // The next call tries again.
      opened = undefined;
      throw error;
    }
  };
  const call = async <Value>(use: (queues: WatchQueues) => Promise<Value>): Promise<Value> => {
    try {
      return await use(await queues());
    } catch (error) {
      throw error instanceof SyncLogWatcherError ? error : failureOf(error, connection, pulse);
    }
  };
  const closeAll = async (graceMs: number): Promise<void> => {
    await workers?.close(graceMs);
    clock.stop();
    clearInterval(evictionTimer);
    // First: while Redis is silent, what waits for its answers would wait for ever.
    end();
    void opened?.then(closeQueues, () => undefined);
  };

  return {
    start: async (given) => {
      work = given;
      try {
        await call(async () => undefined);
      } catch (error) {
        pulse.failed(error, "start");
        throw error;
      }
      pulse.succeeded("start");
      tellWarning();
      workers ??= startWorkers(checked, clock, given, pulse);
    },
    add: (watch) => call((open) => addWatch(open, watch, clock.nowMs, adds.priorityOf)),
    status: (target) => call((open) => readStatus(open, watchKey(target), clock.nowMs())),
    cancel: (target) => call((open) => cancelWatch(open, target)),
    list: async function* list(stage) {
      yield* listWatches(await call(async (open) => open), stage, clock.nowMs);
    },
    redrive: (target) => call((open) => redriveParked(open, target && watchKey(target))),
    resume: () => call(resumePolls),
    overview: () =>
      call(async (open) => {
        const [overview] = await Promise.all([readOverview(open, clock.nowMs()), checkEviction()]);
        return overview;
      }),
    health: () => ({ ...pulse.health(), paused: workers?.paused() ?? null }),
    close: async (graceMs) => {
      closing ??= closeAll(graceMs);
      await closing;
    },
  };
}

/** What a failed call of Redis means to whoever made it. */
function failureOf(error: unknown, connection: WatchConnection, pulse: Pulse): WatchEngineError {
  const { trouble } = pulse.health();
  const why = (trouble?.message ?? messageOf(error)).replace(/\.$/u, "");
  return new WatchEngineError(
    `Redis ${addressOf(connection)} did not do what was asked: ${why}. ` +
      "Check that it runs, is reachable and accepts writes, and call again, which is safe.",
    { cause: error },
  );
}

/** Watches are lost where Redis may evict keys. Not every Redis tells. */
function evictionWarning(info: string): string | null {
  const policy = /^maxmemory_policy:(\S+)/mu.exec(info)?.[1] ?? "noeviction";
  if (policy === "noeviction") return null;
  return `Redis has the maxmemory-policy ${policy} and may evict watches: set it to noeviction.`;
}
