import { backoffDelayMs } from "@qontext/sync-log-client/wait";
import { type Job, WaitingError, withBackend } from "bullmq";
import { latencyMs } from "../latency.ts";
import { untilAborted } from "../until-aborted.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import { maxStalledCount, type WorkerSetup } from "./poll-worker.ts";
import { outcomeQueueName, type OutcomeWorker } from "./queues.ts";
import { serverTimeBackend } from "./server-time-backend.ts";

/** Starts to deliver. */
export function startOutcomeWorker(setup: WorkerSetup): OutcomeWorker {
  const { work, clock } = setup;
  const { Worker } = withBackend(serverTimeBackend(clock, { rateLimited: () => undefined }));
  const worker: OutcomeWorker = new Worker<WatchOutcome, void>(
    outcomeQueueName,
    // BullMQ passes the signal only to a function that names three parameters.
    async (job, token, signal) => processOutcome(setup, job, token, signal),
    {
      connection: setup.connection,
      prefix: setup.prefix,
      concurrency: setup.concurrency,
      lockDuration: setup.lockMs,
      stalledInterval: setup.stalledCheckMs,
      maxStalledCount,
      runRetryDelay: 500,
      settings: {
        backoffStrategy: (attemptsMade) =>
          Math.round(backoffDelayMs(attemptsMade - 1, work.delivery, work.random())),
      },
    },
  );
  worker.on("error", (error) => work.report({ type: "engine_error", error }));
  worker.on("stalled", () => work.report({ type: "recovered", what: "delivery" }));
  return worker;
}

async function processOutcome(
  setup: WorkerSetup,
  job: Job<WatchOutcome, void>,
  token = "",
  signal: AbortSignal = AbortSignal.any([]),
): Promise<void> {
  const { work, clock } = setup;
  const outcome = job.data;
  const attempt = job.attemptsMade + 1;
  try {
    await untilAborted(work.deliver(outcome, attempt, signal), signal);
  } catch (error) {
    if (signal.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const parked = attempt >= (job.opts.attempts ?? 1);
    work.report({ type: "delivery_failed", outcome, attempt, error, parked });
    throw error instanceof Error ? error : new Error(String(error));
  }
  work.report({
    type: "delivered",
    outcome,
    attempt,
    latencyMs: latencyMs(outcome, clock.nowMs()),
  });
}
