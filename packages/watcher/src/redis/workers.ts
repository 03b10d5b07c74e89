import type { WatchWork } from "../engine.ts";
import type { CheckedBullmqOptions } from "./bullmq-options.ts";
import { connect } from "./connect.ts";
import { startOutcomeWorker } from "./outcome-worker.ts";
import { startPollWorker } from "./poll-worker.ts";
import { openQueues } from "./queues.ts";
import type { ServerClock } from "./server-clock.ts";

/** The workers of this process. */
export interface Workers {
  close(graceMs: number): Promise<void>;
}

/** For handing over what had to be given up. */
const handOverMs = 700;

/** Resolves when `promise` settles, or after `delayMs`. */
async function settledWithin(promise: Promise<unknown>, delayMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  await Promise.race([Promise.allSettled([promise]), timeout]);
  clearTimeout(timer);
}

/** Starts the two workers of this process on connections of their own, which they wait for. */
export function startWorkers(
  options: CheckedBullmqOptions,
  clock: ServerClock,
  work: WatchWork,
): Workers {
  const onError = (error: Error): void => work.report({ type: "engine_error", error });
  const connection = connect(options.connection, "worker", onError);
  const queues = openQueues(clock, connection, options.prefix, onError);
  const setup = { ...options, work, queues, clock, connection };
  const polls = startPollWorker(setup);
  const outcomes = startOutcomeWorker(setup);

  const close = async (graceMs: number): Promise<void> => {
    const drained = Promise.all([polls.close(), outcomes.close()]);
    await settledWithin(drained, graceMs);
    const reason = "The watcher is closing; another process goes on with this.";
    polls.cancelAllJobs(reason);
    outcomes.cancelAllJobs(reason);
    // What Redis does not take in time stays locked, and is taken over when the lock runs out.
    await settledWithin(drained, handOverMs);
    const closed = Promise.all([queues.polls.close(), queues.outcomes.close()]);
    await settledWithin(closed, handOverMs / 2);
    connection.disconnect();
  };
  return { close };
}
