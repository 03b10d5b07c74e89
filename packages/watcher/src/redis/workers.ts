import { UnrecoverableError } from "bullmq";
import type { WatchWork } from "../engine.ts";
import { StoredDataError, WatchEngineError } from "../errors.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import {
  readOr,
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
import { createFairShare } from "./fair-share.ts";
import { park, startJobWorker, type WatchWorker, type WorkerSetup } from "./job-worker.ts";
import type { Pulse } from "./pulse.ts";
import { closeQueues, openQueues } from "./queues.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import type { ServerClock } from "./server-clock.ts";
import { serverTimeBackend } from "./server-time-backend.ts";
import { steadyBackend } from "./steady-backend.ts";

/** For work that has to be handed over. */
const handOverMs = 400;

/** Delivered outcomes are forgotten when others are delivered, and in a quiet time every so often. */
const maxSweepEveryMs = 60_000;
const maxSwept = 10_000;

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
  const refusedKeys = createRefusedKeys(queues, clock.nowMs, pulse, work.hasOneClient);
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
    await settledWithin(drained, pulse.health().trouble === null ? handOverMs : 0);
    end();
    for (const worker of workers) worker.abandon();
    void closeQueues(queues);
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

/** How an outcome is delivered again, and remembered then. */
const deliveryOptions = ({ work, retainDeliveredMs }: WorkerSetup) => ({
  attempts: work.maxAttempts,
  backoff: { type: "custom" },
  removeOnComplete: { age: Math.ceil(retainDeliveredMs / 1000) },
  stackTraceLimit: 0,
});

function startPollWorker(setup: WorkerSetup): WatchWorker {
  const { work, clock, queues, limiter, refusedKeys } = setup;
  const fairShare = createFairShare(clock.nowMs, Math.random);
  return startJobWorker<WatchDecision | StoredDataError>(setup, {
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
            jobId: watchKey(decision.state),
            timestamp: nowMs,
            ...deliveryOptions(setup),
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
          fieldsToUpdate: { data, priority: String(fairShare.priorityOf(state.workspaceId)) },
        }),
      );
    },
  });
}

/** A failed delivery, as BullMQ stores it and asks when to try again. */
class RetriedDelivery extends Error {
  override readonly name = "RetriedDelivery";
  readonly retryDelayMs: number;

  constructor(message: string, retryDelayMs: number) {
    super(message);
    this.retryDelayMs = retryDelayMs;
  }
}

const retryDelayOf = (error: unknown): number =>
  error instanceof RetriedDelivery ? error.retryDelayMs : 0;

/** BullMQ tries no `UnrecoverableError` again, whatever attempts are left. */
function failureOf({ error, retryDelayMs }: Extract<DeliveryEvent, { error: Error }>): Error {
  return retryDelayMs === null
    ? new UnrecoverableError(error.message)
    : new RetriedDelivery(error.message, retryDelayMs);
}

function startOutcomeWorker(setup: WorkerSetup): WatchWorker {
  const { work, clock } = setup;
  return startJobWorker<DeliveryEvent | StoredDataError>(setup, {
    queue: "outcomes",
    what: "delivery",
    options: { settings: { backoffStrategy: (_attempt, _type, error) => retryDelayOf(error) } },
    run: ({ data, attemptsMade, opts }, signal) =>
      readOr(() => {
        // Those of a damaged job are lost.
        const maxAttempts = opts.attempts || work.maxAttempts;
        Object.assign(opts, deliveryOptions(setup), { attempts: maxAttempts });
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
          : job.moveToFailed(failureOf(event), token, false),
      );
      // Not before: a process that was stopped for longer than its lock has delivered nothing.
      if (isStored) work.report(event);
    },
  });
}
