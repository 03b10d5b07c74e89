import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";
import { StoredDataError, WatchEngineError } from "../errors.ts";
import { type NewWatch, newWatchState } from "../watch/new-watch.ts";
import { readOr, readStoredOutcome, toStoredWatch } from "../watch/stored-watch.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import { watchKey, type WatchTarget } from "../watch/watch-target.ts";
import { addPollJob } from "./job-scripts.ts";
import { isForgotten, pagesOfSet } from "./read-watches.ts";
import type { WatchQueues } from "./queues.ts";
import { removeJob, restoreJobs } from "./restore-jobs.ts";

/** Stores a watch; false if it exists already. */
export async function addWatch(
  queues: WatchQueues,
  watch: NewWatch,
  nowMs: () => number,
  priorityOf: (workspaceId: string) => number,
): Promise<boolean> {
  const key = watchKey(watch);
  const startedAtMs = Math.round(nowMs());
  const { workspaceId } = watch;
  const data = toStoredWatch(newWatchState(watch, startedAtMs), startedAtMs);
  const job = { key, workspaceId, data, priority: priorityOf(workspaceId) };
  const reply = await addPollJob(queues, job, startedAtMs);
  if (reply === "added") return true;
  // One that is in no queue is there, and yet is not.
  await restoreJobs(queues, reply === "running" ? "polls" : "outcomes", [key]);
  if (reply === "running") return false;
  const ended = await queues.outcomes.getJob(key);
  if (ended !== undefined) {
    const outcome = await readOr(() => readStoredOutcome(ended.data, key));
    // One that cannot be read may be the end of the sync.
    const isEnd = outcome instanceof StoredDataError || isEndedOutcome(outcome);
    const isLast = isEnd && !isForgotten(ended, nowMs());
    if (isLast || !(await ended.isCompleted())) return false;
    // The watch ended before its sync, or long ago, and its outcome was delivered: this is a new one.
    await ended.remove();
  }
  return (await addPollJob(queues, job, startedAtMs)) === "added";
}

/** Longer than a poll takes, and than a dead process keeps its locks by default. */
const longestPollMs = 60_000;
const retryEveryMs = 50;

/** Removes a watch once no poll of it is running; false if it does not exist, is being delivered, or was. */
export async function cancelWatch(
  queues: WatchQueues,
  target: WatchTarget | string,
): Promise<boolean> {
  const key = watchKey(target);
  const workspaceIds = await workspacesOf(queues, target);
  const { outcomes } = queues;
  for (let waitedMs = 0; waitedMs < longestPollMs; waitedMs += retryEveryMs) {
    const end = await outcomes.getJobState(key);
    if (end === "active" || (end === "completed" && (await isReadable(outcomes, key))))
      return false;
    const outcome = await removeJob(queues, "outcomes", key);
    if (outcome === "removed") return true;
    if (outcome === "held") continue;
    const poll = await removeJob(queues, "polls", key, workspaceIds);
    if (poll !== "held") return poll === "removed";
    await sleep(retryEveryMs);
  }
  throw new WatchEngineError(
    `The watch could not be cancelled: a poll of it has been running for ${longestPollMs} ms. Try again.`,
  );
}

/** The workspace of a watch; all that have a leader, where only its key is known and nothing can be read of it. */
async function workspacesOf(
  { connection, polls, leadKeys }: WatchQueues,
  target: WatchTarget | string,
): Promise<readonly string[]> {
  if (typeof target !== "string") return [target.workspaceId];
  try {
    const { workspaceId } = Object(
      JSON.parse((await connection.hget(polls.toKey(target), "data")) ?? ""),
    );
    if (typeof workspaceId === "string") return [workspaceId];
  } catch {
    // Damaged, as is what is cancelled by its key.
  }
  return connection.hkeys(leadKeys.tokens);
}

async function isReadable(outcomes: WatchQueues["outcomes"], key: string): Promise<boolean> {
  const job = await outcomes.getJob(key);
  const outcome = await readOr(() => readStoredOutcome(job?.data, key));
  return !(outcome instanceof StoredDataError);
}

/** Delivers parked outcomes again, with all attempts; resolves to how many. */
export async function redriveParked(queues: WatchQueues, key: string | undefined): Promise<number> {
  const { connection } = queues;
  let count = 0;
  for (const name of ["outcomes", "polls"] as const) {
    const queue = queues[name];
    // On the way, what the key of a job holds is made such that it can be moved.
    if (key !== undefined) {
      await restoreJobs(queues, name, [key]);
      const job = await queue.getJob(key);
      if (job !== undefined && (await retried(job))) count++;
      continue;
    }
    const tried = new Set<string>();
    for await (const page of pagesOfSet(connection, queue.toKey("failed"))) {
      // One that has failed again since comes last.
      const ids = page.filter((id) => !tried.has(id));
      if (ids.length === 0) break;
      for (const id of ids) tried.add(id);
      await restoreJobs(queues, name, ids);
      const jobs = await Promise.all(ids.map((id) => queue.getJob(id)));
      const moved = await Promise.all(jobs.map(async (job) => job !== undefined && retried(job)));
      count += moved.filter(Boolean).length;
    }
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
