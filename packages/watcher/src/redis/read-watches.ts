import { Job, type JobType } from "bullmq";
import { StoredDataError } from "../errors.ts";
import { newWatchState } from "../watch/new-watch.ts";
import { readOr, readStoredOutcome, readStoredWatch } from "../watch/stored-watch.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import {
  countStages,
  type WatchOverview,
  type WatchStage,
  type WatchStatus,
  watchStatus,
} from "../watch/watch-status.ts";
import type { WatchTarget } from "../watch/watch-target.ts";
import type { WatchConnection } from "./connect.ts";
import { jobPlaces, type QueueName, type WatchQueues } from "./queues.ts";
import { readPause } from "./refused-keys.ts";
import { restoreJobs } from "./restore-jobs.ts";

const pageSize = 500;

type WatchJob = Job<unknown, void>;

/** What is stored of a watch; throws a {@link StoredDataError} for what cannot be read. */
const readWatch = ({ id, data }: WatchJob, queue: QueueName): WatchState | WatchOutcome =>
  queue === "polls" ? readStoredWatch(data, id) : readStoredOutcome(data, id);

/** The ids of a watch that cannot be read, as far as its data or text tells. */
function targetOf(data: unknown): WatchTarget {
  const fields = new Map<string, unknown>(Object.entries(Object(data)));
  const idOf = (name: string): string => {
    const value =
      typeof data === "string"
        ? new RegExp(`"${name}":"([^"\\\\]*)"`, "u").exec(data)?.[1]
        : fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { workspaceId: idOf("workspaceId"), id: idOf("id") };
}

function statusOf(job: WatchJob, queue: QueueName, stage: WatchStage): WatchStatus {
  // A delivery that succeeded counts as an attempt, too.
  const failedDeliveries = Math.max(0, job.attemptsMade - (stage === "delivered" ? 1 : 0));
  const deliveries = [queue === "polls" ? 0 : failedDeliveries, job.failedReason ?? null] as const;
  try {
    return watchStatus(readWatch(job, queue), stage, ...deliveries);
  } catch (error) {
    if (!(error instanceof StoredDataError)) throw error;
    const { id: key = "" } = job;
    const { workspaceId, id } = targetOf(job.data);
    const told = newWatchState({ workspaceId, id: id || key, maxWaitMs: 0 }, 0);
    return watchStatus(told, stage, ...deliveries, { key, reason: error.message });
  }
}

/** The job of a watch in a queue and its stage; null unless it is there. Of a damaged one only its place may be left. */
async function findJob(
  queues: WatchQueues,
  name: QueueName,
  key: string,
): Promise<{ readonly job: WatchJob; readonly stage: WatchStage } | null> {
  const queue = queues[name];
  for (let isAgain = false; ; isAgain = true) {
    const jobState = await queue.getJobState(key);
    const state = jobState === "waiting" ? "wait" : jobState;
    const place = jobPlaces.find((one) => one.queue === name && one.state === state);
    // The job of a poll is removed once it has completed.
    if (place === undefined) return null;
    const job = await queue.getJob(key);
    if (job !== undefined) return { job, stage: place.stage };
    // Not one that was removed in between.
    if (isAgain) return { job: new Job(queue, "", null, {}, key), stage: place.stage };
  }
}

/** Whether a delivered outcome has been remembered for as long as it was to be. */
export function isForgotten({ finishedOn, opts }: WatchJob, nowMs: number): boolean {
  const { removeOnComplete } = opts;
  if (finishedOn === undefined || typeof removeOnComplete !== "object") return false;
  return (
    "age" in removeOnComplete && nowMs > finishedOn + (removeOnComplete.age ?? Infinity) * 1000
  );
}

/** The status of a watch; null if it does not exist. */
export async function readStatus(
  queues: WatchQueues,
  key: string,
  nowMs: number,
): Promise<WatchStatus | null> {
  // An outcome is stored before the job of its poll is removed, so that one of the two is found. If
  // the watch ends between the two look-ups, the second round finds its outcome.
  for (const queue of ["outcomes", "polls", "outcomes", "polls"] as const) {
    const found = await findJob(queues, queue, key);
    if (found === null || isForgotten(found.job, nowMs)) continue;
    return statusOf(found.job, queue, found.stage);
  }
  const restored = [
    await restoreJobs(queues, "outcomes", [key]),
    await restoreJobs(queues, "polls", [key]),
  ];
  return restored.some((count) => count > 0) ? readStatus(queues, key, nowMs) : null;
}

const statesOf = (queue: QueueName): JobType[] =>
  jobPlaces.filter((place) => place.queue === queue).map(({ state }) => state);

/** Counts the watches, and reads whether polls are paused. */
export async function readOverview(queues: WatchQueues, nowMs: number): Promise<WatchOverview> {
  const [polls, outcomes, paused, dueAtMs] = await Promise.all([
    queues.polls.getJobCounts(...statesOf("polls")),
    queues.outcomes.getJobCounts(...statesOf("outcomes")),
    readPause(queues, nowMs),
    oldestDueAtMs(queues),
  ]);
  const jobs = { polls, outcomes };
  const counted = jobPlaces.map(
    ({ queue, state, stage }) => [stage, jobs[queue][state] ?? 0] as const,
  );
  const oldestDueMs = Math.max(0, Math.round(nowMs - dueAtMs));
  return { counts: countStages(counted), paused, oldestDueMs };
}

/** Of each set so many are looked at for one that can be read; the first usually is. */
const maxDueLookedAt = 10_000;

/** When the poll was due that is next; Infinity without any. */
async function oldestDueAtMs({ polls, connection }: WatchQueues): Promise<number> {
  const dueAtMsOf = async (id: string): Promise<number | null> => {
    const job = await polls.getJob(id);
    const watch = await readOr(() => readStoredWatch(job?.data, id));
    return watch instanceof StoredDataError ? null : watch.dueAtMs;
  };
  const first = async (read: (from: number, to: number) => Promise<string[]>): Promise<number> => {
    for (let from = 0; from < maxDueLookedAt;) {
      const count = from === 0 ? 1 : pageSize;
      const ids = await read(from, from + count - 1);
      const dueAtMs = (await Promise.all(ids.map(dueAtMsOf))).find((one) => one !== null);
      if (dueAtMs !== undefined && dueAtMs !== null) return dueAtMs;
      if (ids.length < count) break;
      from += count;
    }
    return Infinity;
  };
  const sets = ["prioritized", "delayed"].map((name) =>
    first((from, to) => connection.zrange(polls.toKey(name), String(from), String(to))),
  );
  // What is next is last in the list.
  const list = first(async (from, to) =>
    (await connection.lrange(polls.toKey("wait"), -1 - to, -1 - from)).toReversed(),
  );
  return Math.min(...(await Promise.all([...sets, list])));
}

/** Pages of a sorted set by rising score: an id that moves meanwhile is read twice, not missed. */
export async function* pagesOfSet(
  connection: WatchConnection,
  key: string,
): AsyncGenerator<string[]> {
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
  nowMs: () => number,
): AsyncGenerator<WatchStatus> {
  const [delayed, waiting, prioritized, active, ...later] = jobPlaces;
  const circle = [waiting, prioritized, active];
  const places = [delayed, ...circle, ...circle, ...later];
  const listed = new Set<string>();
  for (const place of places) {
    if (place === undefined || (stage !== undefined && stage !== place.stage)) continue;
    const queue = queues[place.queue];
    const isList = place.state === "wait" || place.state === "active";
    const pages = (isList ? pagesOfList : pagesOfSet)(queues.connection, queue.toKey(place.state));
    for await (const page of pages) {
      const ids = page.filter((id) => !listed.has(id));
      const jobs = await Promise.all(ids.map((id) => queue.getJob(id)));
      for (const [index, id] of ids.entries()) {
        const job = jobs[index] ?? (await findJob(queues, place.queue, id))?.job;
        if (job === undefined || listed.has(id) || isForgotten(job, nowMs())) continue;
        listed.add(id);
        yield statusOf(job, place.queue, place.stage);
      }
    }
  }
}
