import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";
import { WatchEngineError } from "../errors.ts";
import { type NewWatch, newWatchState } from "../watch/new-watch.ts";
import { readStoredOutcome, toStoredWatch } from "../watch/stored-watch.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import { watchKey } from "../watch/watch-target.ts";
import { isForgotten } from "./read-watches.ts";
import type { WatchQueues } from "./queues.ts";

/** Stores a watch; false if it exists already. */
export async function addWatch(
  { polls, outcomes }: WatchQueues,
  watch: NewWatch,
  nowMs: () => number,
  priorityOf: (workspaceId: string) => number,
): Promise<boolean> {
  const key = watchKey(watch);
  const ended = await outcomes.getJob(key);
  if (ended !== undefined) {
    const isLast = isEndedOutcome(readStoredOutcome(ended.data)) && !isForgotten(ended, nowMs());
    if (isLast || !(await ended.isCompleted())) return false;
    // The watch ended before its sync, or long ago, and its outcome was delivered: this is a new one.
    await ended.remove();
  }
  if ((await polls.getJob(key)) !== undefined) return false;
  const startedAtMs = Math.round(nowMs());
  const state = newWatchState(watch, startedAtMs);
  await polls.add("poll", toStoredWatch(state, startedAtMs), {
    jobId: key,
    timestamp: startedAtMs,
    priority: priorityOf(watch.workspaceId),
  });
  return true;
}

/** Longer than a poll takes, and than a dead process keeps its locks by default. */
const longestPollMs = 60_000;
const retryEveryMs = 50;

/** Removes a watch once no poll of it is running; false if it does not exist, or is being delivered. */
export async function cancelWatch({ polls, outcomes }: WatchQueues, key: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < longestPollMs; waitedMs += retryEveryMs) {
    const ended = await outcomes.getJob(key);
    if (ended !== undefined) {
      const state = await ended.getState();
      if (state === "completed" || state === "active") return false;
      if (await removed(ended)) return true;
      continue;
    }
    const job = await polls.getJob(key);
    if (job === undefined) return false;
    if ((await job.getState()) !== "active" && (await removed(job))) return true;
    await sleep(retryEveryMs);
  }
  throw new WatchEngineError(
    `The watch could not be cancelled: a poll of it has been running for ${longestPollMs} ms. Try again.`,
  );
}

/** False if a worker has locked the job meanwhile. */
async function removed(job: Pick<Job, "remove">): Promise<boolean> {
  try {
    await job.remove();
    return true;
  } catch (error) {
    if (error instanceof Error && /locked/u.test(error.message)) return false;
    throw error;
  }
}

const pageSize = 200;

/** Delivers parked outcomes again, with all attempts; resolves to how many. */
export async function redriveParked(
  { polls, outcomes }: WatchQueues,
  key: string | undefined,
): Promise<number> {
  let count = 0;
  for (const queue of [outcomes, polls]) {
    if (key !== undefined) {
      const job = await queue.getJob(key);
      if (job !== undefined && (await retried(job))) count++;
      continue;
    }
    // Each job that is retried leaves the set, so that the first page always has new ones.
    let moved: number;
    do {
      const page = await queue.getFailed(0, pageSize - 1);
      moved = (await Promise.all(page.map((job) => retried(job)))).filter(Boolean).length;
      count += moved;
    } while (moved > 0);
  }
  return count;
}

/** False if another process has retried the job, or it has not failed. */
async function retried(job: Pick<Job, "isFailed" | "retry">): Promise<boolean> {
  if (!(await job.isFailed())) return false;
  try {
    await job.retry("failed", { resetAttemptsMade: true });
    return true;
  } catch (error) {
    if (await job.isFailed()) throw error;
    return false;
  }
}
