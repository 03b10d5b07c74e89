import type { WatchPause } from "../watch/watch-status.ts";
import type { WatchQueues } from "./queues.ts";

/** Pauses the polls of all processes and stores the reason; false if they were paused already. */
export async function pausePolls(
  { polls, connection, pauseKey }: WatchQueues,
  pause: WatchPause,
): Promise<boolean> {
  const stored = await connection.set(pauseKey, JSON.stringify(pause), "NX");
  await polls.pause();
  return stored === "OK";
}

/** Resumes the polls of all processes; false unless they were paused. */
export async function resumePolls({ polls, connection, pauseKey }: WatchQueues): Promise<boolean> {
  const removed = await connection.del(pauseKey);
  const isPaused = await polls.isPaused();
  if (isPaused) await polls.resume();
  return removed > 0 || isPaused;
}

/** Why polls are paused; null unless they are. */
export async function readPause({
  polls,
  connection,
  pauseKey,
}: WatchQueues): Promise<WatchPause | null> {
  if (!(await polls.isPaused())) return null;
  const stored = await connection.get(pauseKey);
  if (stored === null) {
    const message = "The queue of polls was paused by another program, such as a dashboard.";
    return { reason: { name: "Error", code: null, status: null, message }, sinceMs: 0 };
  }
  // Only pausePolls writes this key.
  const pause: WatchPause = JSON.parse(stored);
  return pause;
}
