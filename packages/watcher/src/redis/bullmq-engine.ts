import type { WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError } from "../errors.ts";
import { type NewWatch, newWatchState } from "../watch/new-watch.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import type { WatchOverview, WatchStage, WatchStatus } from "../watch/watch-status.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import {
  type BullmqEngineOptions,
  type CheckedBullmqOptions,
  checkBullmqOptions,
} from "./bullmq-options.ts";
import { cancelWatch, redriveParked } from "./change-watches.ts";
import { connect, type WatchConnection } from "./connect.ts";
import { resumePolls } from "./pause.ts";
import { closeQueues, openQueues, type WatchQueues } from "./queues.ts";
import { listWatches, readOverview, readStatus } from "./read-watches.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import { startWorkers, type Workers } from "./workers.ts";

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
    await this.#queues();
    this.#workers ??= startWorkers(this.#options, this.#clock, work);
  }

  async add(watch: NewWatch): Promise<boolean> {
    const { polls, outcomes } = await this.#queues();
    const key = watchKey(watch);
    const ended = await outcomes.getJob(key);
    if (ended !== undefined) {
      if (isEndedOutcome(ended.data) || !(await ended.isCompleted())) return false;
      // The watch ended before its sync and its outcome was delivered: this is a new one.
      await ended.remove();
    }
    if ((await polls.getJob(key)) !== undefined) return false;
    const startedAtMs = Math.round(this.#clock.nowMs());
    const state = newWatchState(watch, startedAtMs);
    await polls.add("poll", state, { jobId: key, timestamp: startedAtMs });
    return true;
  }

  async status(target: WatchTarget): Promise<WatchStatus | null> {
    return readStatus(await this.#queues(), watchKey(target));
  }

  async cancel(target: WatchTarget): Promise<boolean> {
    return cancelWatch(await this.#queues(), watchKey(target));
  }

  async *list(stage?: WatchStage): AsyncGenerator<WatchStatus> {
    yield* listWatches(await this.#queues(), stage);
  }

  async redrive(target?: WatchTarget): Promise<number> {
    return redriveParked(await this.#queues(), target && watchKey(target));
  }

  async resume(): Promise<boolean> {
    return resumePolls(await this.#queues());
  }

  async overview(): Promise<WatchOverview> {
    return readOverview(await this.#queues());
  }

  async close(graceMs: number): Promise<void> {
    this.#closing ??= this.#closeAll(graceMs);
    await this.#closing;
  }

  readonly #onError = (error: Error): void => {
    this.#work?.report({ type: "engine_error", error });
  };

  async #queues(): Promise<WatchQueues> {
    if (this.#closing !== undefined) throw new WatcherClosedError();
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
    if (queues !== undefined) await closeQueues(queues);
    this.#connection.disconnect();
  }
}
