import { DelayedError, type Job, WaitingError, withBackend } from "bullmq";
import type { WatchWork } from "../engine.ts";
import type { RateLimit } from "../rate-limit.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { watchKey } from "../watch/watch-target.ts";
import type { WatchConnection } from "./connect.ts";
import { pausePolls } from "./pause.ts";
import { limiterWindow } from "./limiter-window.ts";
import { pollQueueName, type PollWorker, type WatchQueues } from "./queues.ts";
import type { ServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";

/** What the workers of a process share. */
export interface WorkerSetup {
  readonly work: WatchWork;
  readonly queues: WatchQueues;
  readonly clock: ServerClock;
  readonly connection: WatchConnection;
  readonly prefix: string;
  readonly concurrency: number;
  readonly rateLimit: RateLimit | null;
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  readonly retainDeliveredMs: number;
}

/** A limit that limits nothing: BullMQ applies a rate limit set at run time only where there is a limiter. */
const unlimited = { max: 1_000_000_000, duration: 1000 };

/** Any number of crashes: a watch is never at fault for the process that died with it. */
export const maxStalledCount = 1_000_000_000;

/** Starts to poll. */
export function startPollWorker(setup: WorkerSetup): PollWorker {
  const { work, clock } = setup;
  const backend = serverTimeBackend(clock, {
    rateLimited: (delayMs) => work.report({ type: "rate_limited", delayMs }),
  });
  const { Worker } = withBackend(backend);
  const worker: PollWorker = new Worker<WatchState, void>(
    pollQueueName,
    // BullMQ passes the signal only to a function that names three parameters.
    async (job, token, signal) => processPoll(setup, worker, job, token, signal),
    {
      connection: setup.connection,
      prefix: setup.prefix,
      concurrency: setup.concurrency,
      limiter: setup.rateLimit === null ? unlimited : limiterWindow(setup.rateLimit),
      lockDuration: setup.lockMs,
      stalledInterval: setup.stalledCheckMs,
      maxStalledCount,
      runRetryDelay: 500,
      removeOnComplete: { count: 0 },
    },
  );
  worker.on("error", (error) => work.report({ type: "engine_error", error }));
  worker.on("stalled", () => work.report({ type: "recovered", what: "poll" }));
  return worker;
}

async function processPoll(
  setup: WorkerSetup,
  worker: PollWorker,
  job: Job<WatchState, void>,
  token = "",
  signal: AbortSignal = AbortSignal.any([]),
): Promise<void> {
  const { work, clock, queues } = setup;
  const jobId = job.id ?? watchKey(job.data);

  const reschedule = async (state: WatchState, delayMs: number): Promise<never> => {
    // One script stores what was seen and plans the next poll: a crash leaves either both or none.
    await worker.getBackend().moveToDelayed(jobId, Date.now(), delayMs, token, {
      skipAttempt: true,
      fieldsToUpdate: { data: JSON.stringify(state) },
    });
    throw new DelayedError();
  };

  let decision: Awaited<ReturnType<WatchWork["poll"]>>;
  try {
    decision = await work.poll(job.data, clock.nowMs, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await job.moveToWait(token);
    throw new WaitingError();
  }

  if (decision.kind !== "pause" && decision.pauseAllMs > 0) {
    await worker.getBackend().setRateLimit(decision.pauseAllMs);
  }
  if (decision.kind === "poll_again") {
    await reschedule(decision.state, decision.delayMs);
  }
  if (decision.kind === "pause") {
    const pause = { reason: decision.reason, sinceMs: Math.round(clock.nowMs()) };
    const first = await pausePolls(queues.polls, setup.connection, setup.prefix, pause);
    if (first) work.report({ type: "paused", pause });
    await reschedule(decision.state, 0);
  }
  if (decision.kind === "deliver") {
    // The outcome is stored before the poll's job goes: a crash in between polls once more and
    // finds the outcome there.
    await queues.outcomes.add("outcome", decision.outcome, {
      jobId,
      timestamp: Math.round(clock.nowMs()),
      attempts: work.delivery.maxAttempts,
      backoff: { type: "custom" },
      removeOnComplete: { age: Math.ceil(setup.retainDeliveredMs / 1000) },
      stackTraceLimit: 0,
    });
  }
}
