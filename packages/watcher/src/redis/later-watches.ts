import { StoredDataError } from "../errors.ts";
import { readOr, readStoredOutcome, readStoredWatch } from "../watch/stored-watch.ts";
import type { Pulse } from "./pulse.ts";
import type { QueueName, WatchQueues } from "./queues.ts";

/** The stored watches of a later version that this process has met. */
export interface LaterWatches {
  met(queue: QueueName, key: string, message: string): void;
  stop(): void;
}

/** How often it looks whether one is still there, in milliseconds. */
const checkEveryMs = 30_000;

/** More are not remembered; each is met again in its turn. */
const maxRemembered = 10_000;

/**
 * Lets the pulse warn for as long as one of them is stored, however seldom they have their turn among others. A check ends with
 * the first that is there.
 */
export function createLaterWatches(
  queues: WatchQueues,
  pulse: Pulse,
  everyMs: number = checkEveryMs,
): LaterWatches {
  const known = new Map<string, readonly [queue: QueueName, key: string]>();

  const isThere = async (name: QueueName, key: string): Promise<boolean> => {
    const job = await queues[name].getJob(key);
    if (job === undefined) return false;
    const read = name === "polls" ? readStoredWatch : readStoredOutcome;
    const watch = await readOr<unknown>(() => read(job.data, key));
    if (!(watch instanceof StoredDataError && watch.isLater)) return false;
    pulse.laterWatch = watch.message;
    return true;
  };
  const check = async (): Promise<void> => {
    for (const [name, place] of known) {
      if (await isThere(...place)) return;
      known.delete(name);
    }
    pulse.laterWatch = null;
  };
  // While Redis is away, what was known last is good enough.
  const timer = setInterval(() => void check().catch(() => undefined), everyMs);
  timer.unref();
  return {
    met: (queue, key, message) => {
      pulse.laterWatch = message;
      if (known.size < maxRemembered) known.set(`${queue}:${key}`, [queue, key]);
    },
    stop: () => clearInterval(timer),
  };
}
