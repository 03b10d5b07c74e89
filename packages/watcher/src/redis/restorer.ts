import { restoreAll } from "./restore-jobs.ts";
import type { WorkerSetup } from "./job-worker.ts";

/** One process of all looks for lost jobs this often, in milliseconds. */
const everyMs = 60_000;

/** How often a process asks whether it is its turn, in milliseconds. */
const askEveryMs = 10_000;

/** After a failure one looks at once, and again after so long where there are more. */
const afterFailureMs = 2000;

const checkEveryMs = 1000;

/**
 * Finds watches that are in no queue any more and puts them back: when the process starts, after each failure of Redis, and
 * every minute, in one process of all. Returns what stops it.
 */
export function startRestorer({ queues, pulse, work, closing }: WorkerSetup): () => void {
  let seenFailures = -1;
  let askAtMs = 0;
  let isBusy = false;

  const isOwn = async (reason: string, forMs: number): Promise<boolean> => {
    const key = `${queues.restorerKey}:${reason}`;
    return (await queues.connection.set(key, "1", "PX", forMs, "NX")) === "OK";
  };
  const look = async (): Promise<void> => {
    const { failures } = pulse;
    const hasFailed = failures !== seenFailures;
    const isDue = performance.now() >= askAtMs;
    if (isDue) askAtMs = performance.now() + askEveryMs;
    const isTurn =
      (hasFailed && (await isOwn("failure", afterFailureMs))) ||
      (isDue && (await isOwn("turn", everyMs)));
    if (!isTurn) return;
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
