import { setMaxListeners } from "node:events";
import { UnrecoverableError } from "bullmq";
import type { WatchWork } from "../engine.ts";
import { StoredDataError, WatchEngineError } from "../errors.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import {
  readOr,
  readStoredOutcome,
  readStoredWatch,
  stateOf,
  type StoredWatch,
  toStoredOutcome,
  toStoredWatch,
} from "../watch/stored-watch.ts";
import type { WatchPause } from "../watch/watch-status.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { watchKey } from "../watch/watch-target.ts";
import type { DeliveryEvent } from "../watcher-event.ts";
import type { CheckedBullmqOptions } from "./bullmq-options.ts";
import { connect } from "./connect.ts";
import { createFairShare, createSizes, type Turn } from "./fair-share.ts";
import {
  deliveryOptions,
  park,
  startJobWorker,
  type WatchWorker,
  type WorkerSetup,
} from "./job-worker.ts";
import { createLaterWatches } from "./later-watches.ts";
import { createPermits, returnPermit } from "./permits.ts";
import type { Pulse } from "./pulse.ts";
import { closeQueues, openQueues } from "./queues.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import type { ServerClock } from "./server-clock.ts";
import { endDelivery, endPolledWatch } from "./job-scripts.ts";
import { startRestorer } from "./restorer.ts";
import { createSharedReads, type SharedReads } from "./shared-reads.ts";
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
  // All requests of leaders listen to it.
  setMaxListeners(0, closing.signal);
  const { connection, end } = connect(options.connection, "worker", pulse);
  const backend = steadyBackend(serverTimeBackend(clock), pulse, closing.signal);
  const queues = openQueues(backend, connection, options.prefix, pulse);
  const refusedKeys = createRefusedKeys(queues, clock.nowMs, pulse, work.hasOneClient);
  const laterWatches = createLaterWatches(queues, pulse);
  const permits = createPermits(queues, options.limiter);
  const own = { work, queues, clock, pulse, refusedKeys, laterWatches, permits };
  const setup = { ...options, ...own, closing: closing.signal };
  const sharedReads = createSharedReads(setup);
  const workers = [startPollWorker(setup, sharedReads), startOutcomeWorker(setup)];
  const stopRestorer = startRestorer(setup);

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
    stopRestorer();
    laterWatches.stop();
    refusedKeys.stop();
    const drained = Promise.all([sharedReads.close(), ...workers.map((worker) => worker.close())]);
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

/** A poll that is left to the leader of its workspace looks again after half of this to all of it, in milliseconds. */
const leftToLeaderMs = 4000;

/** Of a watch that is polled by the leader of its workspace. */
interface LeftToLeader {
  readonly kind: "led";
  readonly state: WatchState;
  readonly stored: StoredWatch;
}

function startPollWorker(setup: WorkerSetup, sharedReads: SharedReads): WatchWorker {
  const { work, clock, queues, limiter, refusedKeys } = setup;
  const fairShare = createFairShare(clock.nowMs, createSizes(queues, clock.nowMs));
  return startJobWorker<WatchDecision | LeftToLeader | StoredDataError>(setup, {
    queue: "polls",
    what: "poll",
    options: { limiter },
    run: (job, signal) =>
      readOr(async () => {
        const stored = readStoredWatch(job.data, job.id);
        const state = stateOf(stored);
        if (await sharedReads.isLed(stored)) return { kind: "led", stored, state };
        return work.poll(state, { nowMs: clock.nowMs, signal, refusedKeys });
      }),
    apply: async (decision, held, worker) => {
      if (decision instanceof StoredDataError) {
        await park(decision, held, setup, "polls", worker);
        return;
      }
      const { job, token, store } = held;
      const jobId = job.id ?? watchKey(decision.state);
      const nowMs = Math.round(clock.nowMs());
      const { state } = decision;
      const later = async (
        stored: StoredWatch,
        delayMs: number,
        priority: Turn["priority"],
      ): Promise<void> => {
        if (!Number.isFinite(delayMs)) {
          throw new WatchEngineError(`The next poll of ${jobId} would be in ${delayMs} ms.`);
        }
        // One script stores the state and schedules the next poll: a crash leaves both or neither.
        await store(() =>
          worker.getBackend().moveToDelayed(jobId, Date.now(), delayMs, token, {
            skipAttempt: true,
            fieldsToUpdate: {
              data: JSON.stringify(stored),
              priority: String(priority),
            },
          }),
        );
      };
      if (decision.kind === "led") {
        const delayMs = Math.round(leftToLeaderMs * (0.5 + Math.random() / 2));
        const { dueAtMs, leftSinceMs = nowMs } = decision.stored;
        const { priority } = await fairShare.turnOf(state.workspaceId);
        await later(toStoredWatch(state, dueAtMs, leftSinceMs), delayMs, priority);
        await store(() => returnPermit(queues));
        return;
      }
      if (decision.pauseAllMs > 0) {
        await store(() => worker.getBackend().setRateLimit(decision.pauseAllMs));
      }
      if (decision.kind === "deliver") {
        const outcome = toStoredOutcome(decision.outcome);
        await store(() =>
          endPolledWatch(
            queues,
            { key: jobId, token },
            state,
            outcome,
            deliveryOptions(setup),
            nowMs,
          ),
        );
        return;
      }
      const { priority, isPutOff } = await fairShare.turnOf(state.workspaceId);
      const leftMs = state.deadlineAtMs - nowMs;
      const longerMs = isPutOff ? Math.min(2 * decision.delayMs, leftMs) : 0;
      const delayMs = Math.max(decision.delayMs, longerMs);
      await later(toStoredWatch(state, nowMs + delayMs), delayMs, priority);
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
  const { work, clock, queues } = setup;
  return startJobWorker<DeliveryEvent | StoredDataError>(setup, {
    queue: "outcomes",
    what: "delivery",
    options: { settings: { backoffStrategy: (_attempt, _type, error) => retryDelayOf(error) } },
    run: ({ id, data, attemptsMade, opts }, signal) =>
      readOr(() => {
        // Those of a damaged job are lost.
        const maxAttempts = opts.attempts || work.maxAttempts;
        Object.assign(opts, deliveryOptions(setup), { attempts: maxAttempts });
        const outcome = readStoredOutcome(data, id);
        return work.deliver(
          { outcome, attempt: attemptsMade + 1, maxAttempts },
          clock.nowMs,
          signal,
        );
      }),
    apply: async (event, held, worker) => {
      if (event instanceof StoredDataError) {
        await park(event, held, setup, "outcomes", worker);
        return;
      }
      const { job, token, store } = held;
      const locked = { key: job.id ?? "", token };
      let isOwn = true;
      let isStored = await store(async () => {
        if (event.type !== "delivered") return job.moveToFailed(failureOf(event), token, false);
        isOwn = await endDelivery(queues, locked, event.attempt, clock.nowMs());
      });
      isStored &&= isOwn;
      // Not before: a process that was stopped for longer than its lock has delivered nothing.
      if (isStored) work.report(event);
    },
  });
}
