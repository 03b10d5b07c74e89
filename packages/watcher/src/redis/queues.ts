import { createHash } from "node:crypto";
import {
  type BackendFactory,
  type JobState,
  type Queue,
  type RedisQueueBackend,
  withBackend,
} from "bullmq";
import type { WatchStage } from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import type { Pulse } from "./pulse.ts";

/** The two queues over one connection, and where the refused keys are. What jobs carry is unknown until it was checked. */
export interface WatchQueues {
  /** A job for each running watch, delayed between two polls. */
  readonly polls: Queue<unknown, void>;
  /** A job for each watch that has ended. */
  readonly outcomes: Queue<unknown, void>;
  readonly connection: WatchConnection;
  readonly refusedKeysKey: string;
  readonly leadKeys: LeadKeys;
  /** Followed by the reason: which process looks for lost jobs. */
  readonly restorerKey: string;
  /** Where the version before stored why it had paused the queue. */
  readonly legacyPauseKey: string;
}

/** Where it is kept who reads the lists of which workspaces. */
export interface LeadKeys {
  /** Workspaces, by when their leases end. */
  readonly leases: string;
  /** The leader of each; empty where it has none. */
  readonly tokens: string;
  /** What the reads of each have taught its last leader. */
  readonly known: string;
  /** Followed by a hash of the workspace: the keys of its watches. */
  readonly index: string;
}

/** The keys of a workspace's running watches, each with what tells it from another of that key, before or after it. */
export function indexKeyOf({ leadKeys }: WatchQueues, workspaceId: string): string {
  return leadKeys.index + createHash("sha256").update(workspaceId).digest("base64url").slice(0, 22);
}

export type QueueName = "polls" | "outcomes";

/** A state of the jobs of a queue, and the stage of their watches. */
export interface JobPlace {
  readonly queue: QueueName;
  readonly state:
    | Extract<JobState, "active" | "completed" | "delayed" | "failed" | "prioritized">
    | "wait";
  readonly stage: WatchStage;
}

/**
 * Where the job of a watch may be, in the order in which watches move. Polls cannot fail, except for
 * jobs that this package did not write.
 */
export const jobPlaces: readonly JobPlace[] = [
  { queue: "polls", state: "delayed", stage: "waiting" },
  { queue: "polls", state: "wait", stage: "waiting" },
  { queue: "polls", state: "prioritized", stage: "waiting" },
  { queue: "polls", state: "active", stage: "polling" },
  { queue: "polls", state: "failed", stage: "parked" },
  { queue: "outcomes", state: "wait", stage: "delivering" },
  { queue: "outcomes", state: "prioritized", stage: "delivering" },
  { queue: "outcomes", state: "active", stage: "delivering" },
  { queue: "outcomes", state: "delayed", stage: "retrying" },
  { queue: "outcomes", state: "failed", stage: "parked" },
  { queue: "outcomes", state: "completed", stage: "delivered" },
];

/** Only dashboards read the events. */
const maxEvents = 1000;

/** Opens the two queues; closing them leaves the connection open. */
export function openQueues(
  backend: BackendFactory<RedisQueueBackend>,
  connection: WatchConnection,
  prefix: string,
  pulse: Pulse,
): WatchQueues {
  const { Queue } = withBackend(backend);
  const options = { connection, prefix, streams: { events: { maxLen: maxEvents } } };
  const polls = new Queue<unknown, void>("polls", options);
  const outcomes = new Queue<unknown, void>("outcomes", options);
  for (const queue of [polls, outcomes]) queue.on("error", (error) => pulse.failed(error));
  return {
    polls,
    outcomes,
    connection,
    refusedKeysKey: `${prefix}:refused-keys`,
    leadKeys: {
      leases: `${prefix}:leases`,
      tokens: `${prefix}:leaders`,
      known: `${prefix}:known-reads`,
      index: `${prefix}:watches:`,
    },
    restorerKey: `${prefix}:restorer`,
    legacyPauseKey: `${prefix}:pause`,
  };
}

export async function closeQueues({ polls, outcomes }: WatchQueues): Promise<void> {
  await Promise.allSettled([polls.close(), outcomes.close()]);
}
