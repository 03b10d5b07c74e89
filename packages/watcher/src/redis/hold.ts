import type { WatchPause } from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import type { PollQueue } from "./queues.ts";

const holdKey = (prefix: string): string => `${prefix}:hold`;

/** Pauses the polls of every process, and keeps why; false where they were paused already. */
export async function holdPolls(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
  pause: WatchPause,
): Promise<boolean> {
  const stored = await connection.set(holdKey(prefix), JSON.stringify(pause), "NX");
  await polls.pause();
  return stored === "OK";
}

/** Lets the polls of every process go on; false where they were not paused. */
export async function releasePolls(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
): Promise<boolean> {
  const removed = await connection.del(holdKey(prefix));
  const paused = await polls.isPaused();
  if (paused) await polls.resume();
  return removed > 0 || paused;
}

/** Why polls are paused; null while they go on. */
export async function readHold(
  polls: PollQueue,
  connection: WatchConnection,
  prefix: string,
): Promise<WatchPause | null> {
  if (!(await polls.isPaused())) return null;
  const stored = await connection.get(holdKey(prefix));
  if (stored === null) {
    // Somebody paused the queue by hand, as dashboards can.
    const message = "The queue of polls was paused from outside.";
    return { reason: { name: "Error", code: null, status: null, message }, sinceMs: 0 };
  }
  // Only holdPolls writes this key.
  const pause: WatchPause = JSON.parse(stored);
  return pause;
}
