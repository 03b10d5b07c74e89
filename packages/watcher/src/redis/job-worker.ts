import {
  DelayedError,
  type Job,
  UnrecoverableError,
  type Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import type { WatchWork } from "../engine.ts";
import type { StoredDataError } from "../errors.ts";
import { neverAborted } from "../until-aborted.ts";
import type { CheckedBullmqOptions } from "./bullmq-options.ts";
import type { LaterWatches } from "./later-watches.ts";
import type { Permits } from "./permits.ts";
import type { Pulse } from "./pulse.ts";
import type { QueueName, WatchQueues } from "./queues.ts";
import type { ProcessKeys } from "./refused-keys.ts";
import type { ServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";
import { backOff, steadyBackend } from "./steady-backend.ts";

/** What the workers of a process share. */
export interface WorkerSetup extends CheckedBullmqOptions {
  readonly work: WatchWork;
  readonly queues: WatchQueues;
  readonly clock: ServerClock;
  readonly pulse: Pulse;
  readonly refusedKeys: ProcessKeys;
  readonly laterWatches: LaterWatches;
  readonly permits: Permits;
  /** Aborted once work in flight has to be handed over. */
  readonly closing: AbortSignal;
}

/** How an outcome is delivered again, and remembered then. */
export interface DeliveryOptions {
  readonly attempts: number;
  readonly backoff: { readonly type: string };
  readonly removeOnComplete: { readonly age: number };
  readonly stackTraceLimit: number;
}

export const deliveryOptions = ({ work, retainDeliveredMs }: WorkerSetup): DeliveryOptions => ({
  attempts: work.maxAttempts,
  backoff: { type: "custom" },
  removeOnComplete: { age: Math.ceil(retainDeliveredMs / 1000) },
  stackTraceLimit: 0,
});

/** Any number of crashes: a watch is never the reason why its process died. */
const maxStalledCount = 1_000_000_000;

/** A job in the hands of a worker. */
export interface HeldJob {
  readonly job: Job<unknown, void>;
  readonly token: string;
  /**
   * Writes until Redis takes it; false if the job has gone to another process meanwhile, or this one
   * is closing. Then it stays as it was, and is taken over once its lock is over.
   */
  readonly store: (write: () => Promise<unknown>) => Promise<boolean>;
}

/** A worker of BullMQ that can be left as it is: its timers would outlive a close that waits for Redis. */
export type WatchWorker = Worker<unknown, void> & { abandon(): void };

/** What a worker does with the jobs of one queue. */
export interface JobKind<Result> {
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

/** Starts a worker that moves its jobs itself, and again until Redis takes it. */
export function startJobWorker<Result>(
  setup: WorkerSetup,
  { queue, what, options, run, apply }: JobKind<Result>,
): WatchWorker {
  const { work, clock, queues, prefix, concurrency, pulse, closing } = setup;
  const onRateLimited = (delayMs: number): void => work.report({ type: "rate_limited", delayMs });
  const backend = steadyBackend(
    serverTimeBackend(clock, onRateLimited),
    pulse,
    closing,
    queue === "polls" ? setup.refusedKeys.isHeld : undefined,
  );
  const { Worker: SteadyWorker } = withBackend(backend);
  class AbandonedWorker extends SteadyWorker<unknown, void> {
    /** BullMQ looks at the clock twice: the limit may end in between, and the rest be negative, or 0 and taken for 100 ms. */
    protected override getRateLimitDelay(delayMs: number): number {
      return super.getRateLimitDelay(Math.max(1, delayMs));
    }

    abandon(): void {
      void this.lockManager.close();
      void this.pause(true);
    }
  }

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
  const worker: WatchWorker = new AbandonedWorker(
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

/** For the processes of a later version to take what only they can read. */
const laterVersionDelayMs = 30_000;

/** Sets a job aside that cannot be read; one of a later version stays in the queue. */
export async function park(
  error: StoredDataError,
  { job, token, store }: HeldJob,
  { work, laterWatches }: WorkerSetup,
  queue: QueueName,
  worker: Worker<unknown, void>,
): Promise<void> {
  const key = job.id ?? "";
  if (error.isLater) {
    laterWatches.met(queue, key, error.message);
    const isStored = await store(() =>
      worker.getBackend().moveToDelayed(key, Date.now(), laterVersionDelayMs, token, {
        skipAttempt: true,
        // After those that this process can read, which thousands of others must not hold up.
        fieldsToUpdate: { priority: "1" },
      }),
    );
    if (isStored) work.report({ type: "unreadable", key, error, parked: false, count: 1 });
    return;
  }
  // BullMQ tries others of this name again.
  const unrecoverable = new UnrecoverableError(error.message);
  if (await store(() => job.moveToFailed(unrecoverable, token, false))) {
    work.report({ type: "unreadable", key, error, parked: true, count: 1 });
  }
}
