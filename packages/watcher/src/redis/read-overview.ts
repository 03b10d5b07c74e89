import type { WatchOverview } from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import { readPause } from "./pause.ts";
import type { WatchQueues } from "./queues.ts";

/** Counts the jobs of both queues, and reads whether polls are paused. */
export async function readOverview(
  { polls, outcomes }: WatchQueues,
  connection: WatchConnection,
  prefix: string,
): Promise<WatchOverview> {
  const [polled, ended, paused] = await Promise.all([
    polls.getJobCounts("wait", "delayed", "active", "failed"),
    outcomes.getJobCounts("wait", "active", "delayed", "failed", "completed"),
    readPause(polls, connection, prefix),
  ]);
  return {
    counts: {
      waiting: (polled["delayed"] ?? 0) + (polled["wait"] ?? 0),
      polling: polled["active"] ?? 0,
      delivering: (ended["wait"] ?? 0) + (ended["active"] ?? 0),
      retrying: ended["delayed"] ?? 0,
      parked: (ended["failed"] ?? 0) + (polled["failed"] ?? 0),
      delivered: ended["completed"] ?? 0,
    },
    paused,
  };
}
