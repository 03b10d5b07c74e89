import type { Job, JobType } from "bullmq";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import {
  countStages,
  type WatchOverview,
  type WatchStage,
  type WatchStatus,
  watchStatus,
} from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import { readPause } from "./pause.ts";
import { jobPlaces, type QueueName, type WatchQueues } from "./queues.ts";

const pageSize = 500;

type WatchJob = Job<WatchState, void> | Job<WatchOutcome, void>;

function statusOf(job: WatchJob, stage: WatchStage): WatchStatus {
  // A delivery that succeeded counts as an attempt, too.
  const failedDeliveries = Math.max(0, job.attemptsMade - (stage === "delivered" ? 1 : 0));
  return "endedAs" in job.data
    ? watchStatus(job.data, stage, failedDeliveries, job.failedReason ?? null)
    : watchStatus(job.data, stage);
}

/** The stage of a watch whose job is in this queue; null if the job is being removed. */
async function stageOf(job: WatchJob, queue: QueueName): Promise<WatchStage | null> {
  const jobState = await job.getState();
  const state = jobState === "waiting" || jobState === "prioritized" ? "wait" : jobState;
  // The job of a poll is removed once it has completed.
  return jobPlaces.find((place) => place.queue === queue && place.state === state)?.stage ?? null;
}

/** The status of a watch; null if it does not exist. */
export async function readStatus(queues: WatchQueues, key: string): Promise<WatchStatus | null> {
  // An outcome is stored before the job of its poll is removed, so that one of the two is found. If
  // the watch ends between the two look-ups, the second round finds its outcome.
  for (const queue of ["outcomes", "polls", "outcomes", "polls"] as const) {
    const job = await queues[queue].getJob(key);
    const stage = job === undefined ? null : await stageOf(job, queue);
    if (job !== undefined && stage !== null) return statusOf(job, stage);
  }
  return null;
}

const statesOf = (queue: QueueName): JobType[] =>
  jobPlaces.filter((place) => place.queue === queue).map(({ state }) => state);

/** Counts the watches, and reads whether polls are paused. */
export async function readOverview(queues: WatchQueues): Promise<WatchOverview> {
  const [polls, outcomes, paused] = await Promise.all([
    queues.polls.getJobCounts(...statesOf("polls")),
    queues.outcomes.getJobCounts(...statesOf("outcomes")),
    readPause(queues),
  ]);
  const jobs = { polls, outcomes };
  const counted = jobPlaces.map(
    ({ queue, state, stage }) => [stage, jobs[queue][state] ?? 0] as const,
  );
  return { counts: countStages(counted), paused };
}

/** Pages of a sorted set by rising score: an id that moves meanwhile is read twice, not missed. */
async function* pagesOfSet(connection: WatchConnection, key: string): AsyncGenerator<string[]> {
  let from = "-inf";
  for (;;) {
    const range = [key, from, "+inf", "WITHSCORES", "LIMIT", 0, pageSize] as const;
    const reply = await connection.zrangebyscore(...range);
    const ids = reply.filter((_entry, index) => index % 2 === 0);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
    const last = reply.at(-1) ?? "-inf";
    // A whole page with one score: more ids share it than a page can contain.
    from = last === from ? `(${last}` : last;
  }
}

async function* pagesOfList(connection: WatchConnection, key: string): AsyncGenerator<string[]> {
  for (let start = 0; ; start += pageSize) {
    const ids = await connection.lrange(key, start, start + pageSize - 1);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
  }
}

/**
 * Lists every watch once, in the order in which watches move, so that one that moves meanwhile is
 * found later. Due and running polls move in a circle and are read twice.
 */
export async function* listWatches(
  queues: WatchQueues,
  stage: WatchStage | undefined,
): AsyncGenerator<WatchStatus> {
  const [delayed, waiting, active, ...later] = jobPlaces;
  const places = [delayed, waiting, active, waiting, active, ...later];
  const listed = new Set<string>();
  for (const place of places) {
    if (place === undefined || (stage !== undefined && stage !== place.stage)) continue;
    const queue = queues[place.queue];
    const isList = place.state === "wait" || place.state === "active";
    const pages = (isList ? pagesOfList : pagesOfSet)(queues.connection, queue.toKey(place.state));
    for await (const page of pages) {
      const ids = page.filter((id) => !listed.has(id));
      const jobs: readonly (WatchJob | undefined)[] = await Promise.all(
        ids.map((id) => queue.getJob(id)),
      );
      for (const [index, id] of ids.entries()) {
        const job = jobs[index];
        if (job === undefined || listed.has(id)) continue;
        listed.add(id);
        yield statusOf(job, place.stage);
      }
    }
  }
}
