import {
  DelayedError,
  type Job,
  UnrecoverableError,
  type Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import type { RefusedKeys, WatchWork } from "../engine.ts";
import { StoredDataError, WatchEngineError } from "../errors.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import {
  readStoredOutcome,
  readStoredWatch,
  toStoredOutcome,
  toStoredWatch,
} from "../watch/stored-watch.ts";
import type { WatchPause } from "../watch/watch-status.ts";
import { watchKey } from "../watch/watch-target.ts";
import type { DeliveryEvent } from "../watcher-event.ts";
import type { CheckedBullmqOptions } from "./bullmq-options.ts";
import { connect } from "./connect.ts";
import type { Pulse } from "./pulse.ts";
import { closeQueues, openQueues, type QueueName, type WatchQueues } from "./queues.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import type { ServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";
import { backOff, steadyBackend } from "./steady-backend.ts";

interface WorkerSetup extends CheckedBullmqOptions {
  readonly work: WatchWork;
  readonly queues: WatchQueues;
  readonly clock: ServerClock;
  readonly pulse: Pulse;
  readonly refusedKeys: RefusedKeys;
  /** Aborted once work in flight has to be handed over. */
  readonly closing: AbortSignal;
}

/** For work that has to be handed over. */
const handOverMs = 700;

/** Delivered outcomes are forgotten when others are delivered, and in a quiet time every so often. */
const maxSweepEveryMs = 60_000;
const maxSwept = 10_000;

const neverAborted = new AbortController().signal;

/** Any number of crashes: a watch is never the reason why its process died. */
const maxStalledCount = 1_000_000_000;

/** The two workers of a process. */
export interface Workers {
  /** Why their polls are paused; null unless they are. */
  paused(): WatchPause | null;
  close(graceMs: number): Promise<void>;
}

/** Starts the two workers of this process on a connection of their own. */
export function startWorkers(
  options: CheckedBullmqOptions,
  clock: ServerClock,
  work: WatchWork,
  pulse: Pulse,
): Workers {
  const closing = new AbortController();
  const { connection, end } = connect(options.connection, "worker", pulse);
  const backend = steadyBackend(serverTimeBackend(clock), pulse, closing.signal);
  const queues = openQueues(backend, connection, options.prefix, pulse);
  const refusedKeys = createRefusedKeys(queues, clock.nowMs, pulse);
  const setup = { ...options, work, queues, clock, pulse, refusedKeys, closing: closing.signal };
  const workers = [startPollWorker(setup), startOutcomeWorker(setup)];

  const sweep = setInterval(
    () => {
      // BullMQ subtracts from this machine's date.
      const graceMs = options.retainDeliveredMs + Date.now() - clock.nowMs();
      queues.outcomes
        .clean(graceMs, maxSwept, "completed")
        .catch((error: unknown) => pulse.failed(error));
    },
    Math.min(maxSweepEveryMs, Math.max(1000, options.retainDeliveredMs)),
  );
  sweep.unref();

  const close = async (graceMs: number): Promise<void> => {
    clearInterval(sweep);
    refusedKeys.stop();
    const drained = Promise.all(workers.map((worker) => worker.close()));
    await settledWithin(drained, graceMs);
    closing.abort();
    for (const worker of workers) worker.cancelAllJobs("The watcher is closing.");
    // What Redis does not accept in time stays locked until another process takes it over.
    await settledWithin(drained, handOverMs);
    await settledWithin(closeQueues(queues), handOverMs / 2);
    end();
  };
  return { paused: refusedKeys.own, close };
}

async function settledWithin(promise: Promise<unknown>, delayMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  await Promise.race([Promise.allSettled([promise]), timeout]);
  clearTimeout(timer);
}

/** A job in the hands of a worker. */
interface HeldJob {
  readonly job: Job<unknown, void>;
  readonly token: string;
  /**
   * Writes until Redis takes it; false if the job has gone to another process meanwhile, or this one
   * is closing. Then it stays as it was, and is taken over once its lock is over.
   */
  readonly store: (write: () => Promise<unknown>) => Promise<boolean>;
}

/** What a worker does with the jobs of one queue. */
interface JobKind<Result> {
  readonly queue: QueueName;
  /** The name of a job in a `recovered` event. */
  readonly what: "poll" | "delivery";
  readonly options: Pick<WorkerOptions, "limiter" | "settings">;
  /** Rejects only once `signal` is aborted; the job then goes back to the queue. */
  readonly run: (job: Job<unknown, void>, signal: AbortSignal) => Promise<Result>;
  /** Stores what follows. */
  readonly apply: (result: Result, held: HeldJob, worker: Worker<unknown, void>) => Promise<void>;
}

/** BullMQ's negative codes: the job is gone, or not this worker's any more. */
const isLost = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "number" && error.code < 0;

function startWorker<Result>(
  setup: WorkerSetup,
  { queue, what, options, run, apply }: JobKind<Result>,
): Worker<unknown, void> {
  const { work, clock, queues, prefix, concurrency, pulse, closing } = setup;
  const onRateLimited = (delayMs: number): void => work.report({ type: "rate_limited", delayMs });
  const backend = steadyBackend(serverTimeBackend(clock, onRateLimited), pulse, closing);
  const { Worker: SteadyWorker } = withBackend(backend);

  const store = async (write: () => Promise<unknown>, signal: AbortSignal): Promise<boolean> => {
    for (let failures = 0; ; failures++) {
      try {
        await write();
        return true;
      } catch (error) {
        if (isLost(error)) return false;
        pulse.failed(error);
        if (signal.aborted || closing.aborted) return false;
        await backOff(failures, signal);
      }
    }
  };
  const process = async (
    job: Job<unknown, void>,
    token: string,
    signal: AbortSignal,
  ): Promise<void> => {
    const held: HeldJob = { job, token, store: (write) => store(write, signal) };
    let result: Result;
    try {
      result = await run(job, signal);
    } catch (error) {
      // Without an abort it is a bug, and no reason to poll at once again.
      if (signal.aborted) await held.store(() => job.moveToWait(token));
      else pulse.failed(error);
      return;
    }
    await apply(result, held, worker);
  };
  const worker: Worker<unknown, void> = new SteadyWorker<unknown, void>(
    queue,
    // BullMQ passes the signal only to a function with three parameters that have no defaults.
    async (job, token, signal) => {
      await process(job, token ?? "", signal ?? neverAborted).catch((error: unknown) =>
        pulse.failed(error),
      );
      // Otherwise BullMQ would move the job itself, and to the failed ones where Redis refuses that.
      throw new DelayedError();
    },
    {
      connection: queues.connection,
      prefix,
      concurrency,
      lockDuration: setup.lockMs,
      stalledInterval: setup.stalledCheckMs,
      maxStalledCount,
      runRetryDelay: 500,
      ...options,
    },
  );
  worker.on("error", (error) => pulse.failed(error));
  worker.on("stalled", () => work.report({ type: "recovered", what }));
  return worker;
}

/** A read of stored data, or why it is none. */
async function readOr<Value>(read: () => Value | Promise<Value>): Promise<Value | StoredDataError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoredDataError) return error;
    throw error;
  }
}

/** For the processes of a later version to take what only they can read. */
const laterVersionDelayMs = 30_000;

async function park(
  error: StoredDataError,
  { job, token, store }: HeldJob,
  { work }: WorkerSetup,
  worker: Worker<unknown, void>,
): Promise<void> {
  const key = job.id ?? "";
  if (error.isLater) {
    await store(() =>
      worker.getBackend().moveToDelayed(key, Date.now(), laterVersionDelayMs, token, {
        skipAttempt: true,
      }),
    );
    return;
  }
  // BullMQ tries others of this name again.
  const unrecoverable = new UnrecoverableError(error.message);
  if (await store(() => job.moveToFailed(unrecoverable, token, false))) {
    work.report({ type: "unreadable", key, error });
  }
}

function startPollWorker(setup: WorkerSetup): Worker<unknown, void> {
  const { work, clock, queues, limiter, retainDeliveredMs, refusedKeys } = setup;
  return startWorker<WatchDecision | StoredDataError>(setup, {
    queue: "polls",
    what: "poll",
    options: { limiter },
    run: (job, signal) =>
      readOr(() => {
        const { version: _version, dueAtMs: _dueAtMs, ...state } = readStoredWatch(job.data);
        return work.poll(state, { nowMs: clock.nowMs, signal, refusedKeys });
      }),
    apply: async (decision, held, worker) => {
      if (decision instanceof StoredDataError) {
        await park(decision, held, setup, worker);
        return;
      }
      const { job, token, store } = held;
      const jobId = job.id ?? watchKey(decision.state);
      const nowMs = Math.round(clock.nowMs());
      if (decision.pauseAllMs > 0) {
        await store(() => worker.getBackend().setRateLimit(decision.pauseAllMs));
      }
      if (decision.kind === "deliver") {
        // Stored before the job of the poll is removed: after a crash in between, the watch is polled
        // once more and its outcome exists already.
        const added = await store(() =>
          queues.outcomes.add("outcome", toStoredOutcome(decision.outcome), {
            jobId,
            timestamp: nowMs,
            attempts: work.maxAttempts,
            backoff: { type: "custom" },
            removeOnComplete: { age: Math.ceil(retainDeliveredMs / 1000) },
            stackTraceLimit: 0,
          }),
        );
        if (!added) return;
        job.opts.removeOnComplete = true;
        await store(() => job.moveToCompleted(undefined, token, false));
        return;
      }
      const { delayMs, state } = decision;
      if (!Number.isFinite(delayMs)) {
        throw new WatchEngineError(`The next poll of ${jobId} would be in ${delayMs} ms.`);
      }
      const data = JSON.stringify(toStoredWatch(state, nowMs + delayMs));
      // One script stores the state and schedules the next poll: a crash leaves both or neither.
      await store(() =>
        worker.getBackend().moveToDelayed(jobId, Date.now(), delayMs, token, {
          skipAttempt: true,
          fieldsToUpdate: { data },
        }),
      );
    },
  });
}

function startOutcomeWorker(setup: WorkerSetup): Worker<unknown, void> {
  const { work, clock } = setup;
  return startWorker<DeliveryEvent | StoredDataError>(setup, {
    queue: "outcomes",
    what: "delivery",
    options: { settings: { backoffStrategy: (attempt) => work.retryDelayMs(attempt) } },
    run: ({ data, attemptsMade, opts }, signal) =>
      readOr(() => {
        const { attempts: maxAttempts = 1 } = opts;
        const outcome = readStoredOutcome(data);
        return work.deliver(
          { outcome, attempt: attemptsMade + 1, maxAttempts },
          clock.nowMs,
          signal,
        );
      }),
    apply: async (event, held, worker) => {
      if (event instanceof StoredDataError) {
        await park(event, held, setup, worker);
        return;
      }
      const { job, token, store } = held;
      const isStored = await store(() =>
        event.type === "delivered"
          ? job.moveToCompleted(undefined, token, false)
          : job.moveToFailed(event.error, token, false),
      );
      // Not before: a process that was stopped for longer than its lock has delivered nothing.
      if (isStored) work.report(event);
    },
  });
}
