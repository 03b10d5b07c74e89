import type { WatchPause } from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import type { PollQueue } from "./queues.ts";

const pauseKey = (prefix: string): string => `${prefix}:pause`;

/** Pauses the polls of every process and stores why; false if they were paused already. */
export async function pausePolls(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
  pause: WatchPause,
): Promise<boolean> {
  const stored = await connection.set(pauseKey(prefix), JSON.stringify(pause), "NX");
  await polls.pause();
  return stored === "OK";
}

/** Resumes the polls of every process; false if they were not paused. */
export async function resumePolls(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
): Promise<boolean> {
  const removed = await connection.del(pauseKey(prefix));
  const paused = await polls.isPaused();
  if (paused) await polls.resume();
  return removed > 0 || paused;
}

/** Why polls are paused; null if they are not. */
export async function readPause(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
): Promise<WatchPause | null> {
  if (!(await polls.isPaused())) return null;
  const stored = await connection.get(pauseKey(prefix));
  if (stored === null) {
    // Somebody paused the queue by hand, as dashboards can.
    const message = "The queue of polls was paused from outside.";
    return { reason: { name: "Error", code: null, status: null, message }, sinceMs: 0 };
  }
  // Only pausePolls writes this key.
  const pause: WatchPause = JSON.parse(stored);
  return pause;
}
