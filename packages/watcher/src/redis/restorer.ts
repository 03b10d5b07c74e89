import { restoreAll } from "./restore-jobs.ts";
import type { WorkerSetup } from "./job-worker.ts";

/** One process of all looks for lost jobs this often, in milliseconds. */
const everyMs = 60_000;

/** How often a process asks whether it is its turn, in milliseconds. */
const askEveryMs = 10_000;

/** Of processes that start together one looks: within so long, in milliseconds. */
const startTogetherMs = 10_000;

/** After a failure one looks at once, and again after so long where there are more. */
const afterFailureMs = 2000;

const checkEveryMs = 1000;

/**
 * Finds watches that are in no queue any more and puts them back: when processes start, after each failure of Redis, and every
 * minute, in one process of all. Returns what stops it.
 */
export function startRestorer({ queues, pulse, work, closing }: WorkerSetup): () => void {
  let seenFailures = pulse.failures;
  let isStart = true;
  let askAtMs = 0;
  let isBusy = false;

  const keyOf = (reason: string): string => `${queues.restorerKey}:${reason}`;
  const isOwn = async (reason: string, forMs: number): Promise<boolean> =>
    (await queues.connection.set(keyOf(reason), "1", "PX", forMs, "NX")) === "OK";
  const look = async (): Promise<void> => {
    const { failures } = pulse;
    const hasFailed = failures !== seenFailures;
    const isDue = performance.now() >= askAtMs;
    if (isDue) askAtMs = performance.now() + askEveryMs;
    const isTurn =
      (isStart && (await isOwn("start", startTogetherMs))) ||
      (hasFailed && (await isOwn("failure", afterFailureMs))) ||
      (isDue && (await isOwn("turn", everyMs)));
    isStart = false;
    if (!isTurn) return;
    // Whatever the reason was, the next look of the minute is a minute from now.
    await queues.connection.set(keyOf("turn"), "1", "PX", everyMs);
    const count = (await restoreAll(queues, "polls")) + (await restoreAll(queues, "outcomes"));
    seenFailures = failures;
    if (count > 0) work.report({ type: "restored", count });
  };
  const check = (): void => {
    if (isBusy || closing.aborted) return;
    isBusy = true;
    look()
      .catch((error: unknown) => {
        if (!closing.aborted) pulse.failed(error);
      })
      .finally(() => (isBusy = false));
  };
  check();
  const timer = setInterval(check, checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
