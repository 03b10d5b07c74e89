import type { NewWatch, WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError } from "../errors.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import { newWatchState } from "../watch/watch-state.ts";
import type { WatchOverview, WatchStage, WatchStatus } from "../watch/watch-status.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import {
  type BullmqEngineOptions,
  type CheckedBullmqOptions,
  checkBullmqOptions,
} from "./bullmq-options.ts";
import { cancelWatch } from "./cancel-watch.ts";
import { connect, type WatchConnection } from "./connect.ts";
import { resumePolls } from "./pause.ts";
import { listWatches } from "./list-watches.ts";
import { openQueues, type WatchQueues } from "./queues.ts";
import { readOverview } from "./read-overview.ts";
import { readStatus } from "./read-status.ts";
import { redriveParked } from "./redrive.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import { startWorkers, type Workers } from "./workers.ts";

/**
 * Watches on BullMQ, on Redis or Valkey: they outlive every process, and many machines share them.
 *
 * Opens its connections at once and keeps trying; a call rejects when Redis stays away for some
 * seconds, and then nothing was stored.
 *
 * @throws WatcherOptionError when an option is not usable
 */
export function bullmqEngine(options: BullmqEngineOptions): WatchEngine {
  return new BullmqEngine(checkBullmqOptions(options));
}

class BullmqEngine implements WatchEngine {
  readonly #options: CheckedBullmqOptions;
  readonly #connection: WatchConnection;
  readonly #clock: ServerClock;
  #work: WatchWork | undefined;
  #opened: Promise<WatchQueues> | undefined;
  #workers: Workers | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: CheckedBullmqOptions) {
    this.#options = options;
    this.#connection = connect(options.connection, "caller", this.#onError);
    this.#clock = createServerClock(this.#connection);
  }

  async start(work: WatchWork): Promise<void> {
    this.#work = work;
    await this.#open();
    this.#workers ??= startWorkers(this.#options, this.#clock, work);
  }

  async add(watch: NewWatch): Promise<boolean> {
    const { polls, outcomes } = await this.#open();
    const key = watchKey(watch);
    const ended = await outcomes.getJob(key);
    if (ended !== undefined) {
      if (isEndedOutcome(ended.data) || !(await ended.isCompleted())) return false;
      // The watch had ended without the sync, and that was delivered: this is a new one.
      await ended.remove();
    }
    if ((await polls.getJob(key)) !== undefined) return false;
    const startedAtMs = Math.round(this.#clock.nowMs());
    const state = newWatchState(watch, { ...watch, startedAtMs });
    await polls.add("poll", state, { jobId: key, timestamp: startedAtMs });
    return true;
  }

  async status(target: WatchTarget): Promise<WatchStatus | null> {
    return readStatus(await this.#open(), watchKey(target));
  }

  async cancel(target: WatchTarget): Promise<boolean> {
    return cancelWatch(await this.#open(), watchKey(target));
  }

  async *list(stage?: WatchStage): AsyncGenerator<WatchStatus> {
    yield* listWatches(await this.#open(), this.#connection, stage);
  }

  async redrive(target?: WatchTarget): Promise<number> {
    return redriveParked(await this.#open(), target === undefined ? undefined : watchKey(target));
  }

  async resume(): Promise<boolean> {
    const { polls } = await this.#open();
    return resumePolls(polls, this.#connection, this.#options.prefix);
  }

  async overview(): Promise<WatchOverview> {
    return readOverview(await this.#open(), this.#connection, this.#options.prefix);
  }

  async close(graceMs: number): Promise<void> {
    this.#closing ??= this.#closeAll(graceMs);
    await this.#closing;
  }

  readonly #onError = (error: Error): void => {
    this.#work?.report({ type: "engine_error", error });
  };

  async #open(): Promise<WatchQueues> {
    if (this.#closing !== undefined) {
      throw new WatcherClosedError("The engine is closed. Make a new one to go on.");
    }
    this.#opened ??= this.#openQueues();
    try {
      return await this.#opened;
    } catch (error) {
      // The next call tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  async #openQueues(): Promise<WatchQueues> {
    await this.#clock.sync();
    return openQueues(this.#clock, this.#connection, this.#options.prefix, this.#onError);
  }

  async #closeAll(graceMs: number): Promise<void> {
    await this.#workers?.close(graceMs);
    this.#clock.stop();
    const queues = await this.#opened?.catch(() => undefined);
    await Promise.allSettled([queues?.polls.close(), queues?.outcomes.close()]);
    this.#connection.disconnect();
  }
}
