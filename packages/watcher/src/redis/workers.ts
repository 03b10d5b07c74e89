import {
  DelayedError,
  type Job,
  WaitingError,
  type Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import type { DeliveryFailure, WatchWork } from "../engine.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { watchKey } from "../watch/watch-target.ts";
import type { CheckedBullmqOptions } from "./bullmq-options.ts";
import { connect } from "./connect.ts";
import { pausePolls } from "./pause.ts";
import { closeQueues, openQueues, type QueueName, type WatchQueues } from "./queues.ts";
import type { ServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";

interface WorkerSetup extends CheckedBullmqOptions {
  readonly work: WatchWork;
  readonly queues: WatchQueues;
  readonly clock: ServerClock;
}

/** For work that has to be handed over. */
const handOverMs = 700;

const neverAborted = new AbortController().signal;

/** Any number of crashes: a watch is never the reason why its process died. */
const maxStalledCount = 1_000_000_000;

/** Starts the two workers of this process on a connection of their own; returns how to close them. */
export function startWorkers(
  options: CheckedBullmqOptions,
  clock: ServerClock,
  work: WatchWork,
): (graceMs: number) => Promise<void> {
  const onError = (error: Error): void => work.report({ type: "engine_error", error });
  const connection = connect(options.connection, "worker", onError);
  const queues = openQueues(clock, connection, options.prefix, onError);
  const setup = { ...options, work, queues, clock };
  const workers = [startPollWorker(setup), startOutcomeWorker(setup)];

  return async (graceMs) => {
    const drained = Promise.all(workers.map((worker) => worker.close()));
    await settledWithin(drained, graceMs);
    for (const worker of workers) worker.cancelAllJobs("The watcher is closing.");
    // What Redis does not accept in time stays locked until another process takes it over.
    await settledWithin(drained, handOverMs);
    await settledWithin(closeQueues(queues), handOverMs / 2);
    connection.disconnect();
  };
}

async function settledWithin(promise: Promise<unknown>, delayMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  await Promise.race([Promise.allSettled([promise]), timeout]);
  clearTimeout(timer);
}

/** What a worker does with the jobs of one queue. */
interface JobKind<Data, Result> {
  readonly queue: QueueName;
  /** The name of a job in a `recovered` event. */
  readonly what: "poll" | "delivery";
  readonly options: Pick<WorkerOptions, "limiter" | "removeOnComplete" | "settings">;
  /** Rejects only once `signal` is aborted; the job then goes back to the queue. */
  readonly run: (job: Job<Data, void>, signal: AbortSignal) => Promise<Result>;
  /** Stores what follows; throws unless the job has completed. */
  readonly apply: (
    result: Result,
    job: Job<Data, void>,
    worker: Worker<Data, void>,
    token: string,
  ) => Promise<void>;
}

function startWorker<Data, Result>(
  setup: WorkerSetup,
  { queue, what, options, run, apply }: JobKind<Data, Result>,
): Worker<Data, void> {
  const { work, clock, queues, prefix, concurrency } = setup;
  const backend = serverTimeBackend(clock, (delayMs) =>
    work.report({ type: "rate_limited", delayMs }),
  );
  const { Worker: ServerTimeWorker } = withBackend(backend);
  const worker: Worker<Data, void> = new ServerTimeWorker<Data, void>(
    queue,
    // BullMQ passes the signal only to a function with three parameters.
    async (job, token, signal) => {
      let result: Result;
      try {
        result = await run(job, signal ?? neverAborted);
      } catch (error) {
        if (signal?.aborted !== true) throw error;
        await job.moveToWait(token);
        throw new WaitingError();
      }
      await apply(result, job, worker, token ?? "");
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
  worker.on("error", (error) => work.report({ type: "engine_error", error }));
  worker.on("stalled", () => work.report({ type: "recovered", what }));
  return worker;
}

function startPollWorker(setup: WorkerSetup): Worker<WatchState, void> {
  const { work, clock, queues, limiter, retainDeliveredMs } = setup;
  return startWorker<WatchState, WatchDecision>(setup, {
    queue: "polls",
    what: "poll",
    options: { limiter, removeOnComplete: { count: 0 } },
    run: (job, signal) => work.poll(job.data, clock.nowMs, signal),
    apply: async (decision, job, worker, token) => {
      const jobId = job.id ?? watchKey(job.data);
      const nowMs = Math.round(clock.nowMs());
      if (decision.kind !== "pause" && decision.pauseAllMs > 0) {
        await worker.getBackend().setRateLimit(decision.pauseAllMs);
      }
      if (decision.kind === "deliver") {
        // Stored before the job of the poll is removed: after a crash in between, the watch is polled
        // once more and its outcome exists already.
        await queues.outcomes.add("outcome", decision.outcome, {
          jobId,
          timestamp: nowMs,
          attempts: work.maxAttempts,
          backoff: { type: "custom" },
          removeOnComplete: { age: Math.ceil(retainDeliveredMs / 1000) },
          stackTraceLimit: 0,
        });
        return;
      }
      if (decision.kind === "pause") {
        const pause = { reason: decision.reason, sinceMs: nowMs };
        if (await pausePolls(queues, pause)) work.report({ type: "paused", pause });
      }
      const delayMs = decision.kind === "pause" ? 0 : decision.delayMs;
      // One script stores the state and schedules the next poll: a crash leaves both or neither.
      await worker.getBackend().moveToDelayed(jobId, Date.now(), delayMs, token, {
        skipAttempt: true,
        fieldsToUpdate: { data: JSON.stringify(decision.state) },
      });
      throw new DelayedError();
    },
  });
}

function startOutcomeWorker(setup: WorkerSetup): Worker<WatchOutcome, void> {
  const { work, clock } = setup;
  return startWorker<WatchOutcome, DeliveryFailure | null>(setup, {
    queue: "outcomes",
    what: "delivery",
    options: { settings: { backoffStrategy: (attempt) => work.retryDelayMs(attempt) } },
    run: ({ data, attemptsMade, opts }, signal) => {
      const { attempts: maxAttempts = 1 } = opts;
      const delivery = { outcome: data, attempt: attemptsMade + 1, maxAttempts };
      return work.deliver(delivery, clock.nowMs, signal);
    },
    apply: async (failure) => {
      if (failure !== null) throw failure.error;
    },
  });
}
