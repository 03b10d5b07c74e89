import type { WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError } from "../errors.ts";
import { watchKey } from "../watch/watch-target.ts";
import { type BullmqEngineOptions, checkBullmqOptions } from "./bullmq-options.ts";
import { addWatch, cancelWatch, redriveParked } from "./change-watches.ts";
import { connect } from "./connect.ts";
import { resumePolls } from "./pause.ts";
import { closeQueues, openQueues, type WatchQueues } from "./queues.ts";
import { listWatches, readOverview, readStatus } from "./read-watches.ts";
import { createServerClock } from "./server-clock.ts";
import { startWorkers } from "./workers.ts";

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
  let closeWorkers: ReturnType<typeof startWorkers> | undefined;
  let opened: Promise<WatchQueues> | undefined;
  let closing: Promise<void> | undefined;

  const onError = (error: Error): void => work?.report({ type: "engine_error", error });
  const connection = connect(checked.connection, "caller", onError);
  const clock = createServerClock(connection);

  const open = async (): Promise<WatchQueues> => {
    await clock.sync();
    return openQueues(clock, connection, checked.prefix, onError);
  };
  const queues = async (): Promise<WatchQueues> => {
    if (closing !== undefined) throw new WatcherClosedError();
    opened ??= open();
    try {
      return await opened;
    } catch (error) {
      // The next call tries again.
      opened = undefined;
      throw error;
    }
  };
  const closeAll = async (graceMs: number): Promise<void> => {
    await closeWorkers?.(graceMs);
    clock.stop();
    const toClose = await opened?.catch(() => undefined);
    if (toClose !== undefined) await closeQueues(toClose);
    connection.disconnect();
  };

  return {
    start: async (given) => {
      work = given;
      await queues();
      closeWorkers ??= startWorkers(checked, clock, given);
    },
    add: async (watch) => addWatch(await queues(), watch, clock.nowMs),
    status: async (target) => readStatus(await queues(), watchKey(target)),
    cancel: async (target) => cancelWatch(await queues(), watchKey(target)),
    list: async function* list(stage) {
      yield* listWatches(await queues(), stage);
    },
    redrive: async (target) => redriveParked(await queues(), target && watchKey(target)),
    resume: async () => resumePolls(await queues()),
    overview: async () => readOverview(await queues()),
    close: async (graceMs) => {
      closing ??= closeAll(graceMs);
      await closing;
    },
  };
}
