import type { Job, JobState } from "bullmq";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import type { WatchStage, WatchStatus } from "../watch/watch-status.ts";
import type { WatchQueues } from "./queues.ts";

type JobStateName = JobState | "unknown";

/** The stage of a watch whose job is in the queue of polls; null where the job is on its way out. */
function pollStage(state: JobStateName): WatchStage | null {
  if (state === "active") return "polling";
  // Only a job that this package did not write can fail there.
  if (state === "failed") return "parked";
  return state === "unknown" || state === "completed" ? null : "waiting";
}

/** The stage of a watch whose job is in the queue of outcomes. */
function outcomeStage(state: JobStateName): WatchStage | null {
  if (state === "failed") return "parked";
  if (state === "completed") return "delivered";
  if (state === "delayed") return "retrying";
  return state === "unknown" ? null : "delivering";
}

/** What a job of a poll says of its watch. */
export function statusOfPoll(job: Job<WatchState, void>, stage: WatchStage): WatchStatus {
  const { data } = job;
  return {
    workspaceId: data.workspaceId,
    id: data.id,
    stage,
    metadata: data.metadata ?? null,
    polls: data.polls,
    lastSeen: data.lastSeen,
    pollError: data.lastError,
    endedAs: null,
    idempotencyKey: null,
    failedDeliveries: 0,
    deliveryError: null,
  };
}

/** What a job of an outcome says of its watch. */
export function statusOfOutcome(job: Job<WatchOutcome, void>, stage: WatchStage): WatchStatus {
  const { data } = job;
  return {
    workspaceId: data.workspaceId,
    id: data.id,
    stage,
    metadata: data.metadata,
    polls: data.polls,
    lastSeen: data.lastSeen,
    pollError: data.error,
    endedAs: data.endedAs,
    idempotencyKey: data.idempotencyKey,
    // A delivery that succeeds counts as an attempt too.
    failedDeliveries: Math.max(0, job.attemptsMade - (stage === "delivered" ? 1 : 0)),
    deliveryError: job.failedReason ?? null,
  };
}

/** Where a watch stands; null if there is no such watch. */
export async function readStatus(
  { polls, outcomes }: WatchQueues,
  key: string,
): Promise<WatchStatus | null> {
  // The outcome is stored before the poll's job goes, so one of the two is there, but for a watch
  // that ends between the two looks: then the second round finds its outcome.
  for (let round = 0; round < 2; round++) {
    const ended = await outcomes.getJob(key);
    const endedStage = ended === undefined ? null : outcomeStage(await ended.getState());
    if (ended !== undefined && endedStage !== null) return statusOfOutcome(ended, endedStage);
    const job = await polls.getJob(key);
    const stage = job === undefined ? null : pollStage(await job.getState());
    if (job !== undefined && stage !== null) return statusOfPoll(job, stage);
  }
  return null;
}
