import { setTimeout as sleep } from "node:timers/promises";
import { WatchEngineError } from "../errors.ts";
import type { WatchQueues } from "./queues.ts";

/** Longer than a poll lasts, and than the work of a dead process stays locked by default. */
const longestPollMs = 60_000;

const lookEveryMs = 50;

/** Removes a watch. A poll that is running is let finish first: its job is locked. */
export async function cancelWatch(queues: WatchQueues, key: string): Promise<boolean> {
  const { polls, outcomes } = queues;
  for (let waitedMs = 0; waitedMs < longestPollMs; waitedMs += lookEveryMs) {
    const ended = await outcomes.getJob(key);
    if (ended !== undefined) {
      const state = await ended.getState();
      if (state === "completed" || state === "active") return false;
      if (await removed(() => ended.remove())) return true;
      continue;
    }
    const job = await polls.getJob(key);
    if (job === undefined) return false;
    if ((await job.getState()) !== "active" && (await removed(() => job.remove()))) return true;
    await sleep(lookEveryMs);
  }
  throw new WatchEngineError(
    `The watch could not be cancelled: a poll of it has been running for ${longestPollMs} ms. Try again.`,
  );
}

/** False where a worker took the job in the meantime. */
async function removed(remove: () => Promise<void>): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (error) {
    if (error instanceof Error && /locked/u.test(error.message)) return false;
    throw error;
  }
}
