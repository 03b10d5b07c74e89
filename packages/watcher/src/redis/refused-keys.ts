import type { RefusedKeys } from "../engine.ts";
import type { WatchPause } from "../watch/watch-status.ts";
import type { Pulse } from "./pulse.ts";
import type { WatchQueues } from "./queues.ts";

/** How soon a process learns what the others did, in milliseconds. */
const refreshEveryMs = 5000;

/** A key that nobody has tried for so many intervals belongs to no process any more. */
const forgottenAfterProbes = 10;

interface RefusedKey extends WatchPause {
  readonly forgottenAtMs: number;
}

async function readAll({
  connection,
  refusedKeysKey,
}: WatchQueues): Promise<[string, RefusedKey][]> {
  const stored = Object.entries(await connection.hgetall(refusedKeysKey));
  return stored.map(([fingerprint, text]) => {
    // Only this file writes the key.
    const key: RefusedKey = JSON.parse(text);
    return [fingerprint, key] as const satisfies [string, RefusedKey];
  });
}

/** Why polls of some key, or all polls, are paused, and since when; null unless they are. */
export async function readPause(queues: WatchQueues, nowMs: number): Promise<WatchPause | null> {
  if (await queues.polls.isPaused()) {
    const message = "The queue of polls was paused by another program, such as a dashboard.";
    return { reason: { name: "Error", code: null, status: null, message }, sinceMs: 0 };
  }
  const refused = (await readAll(queues)).map(([, key]) => key);
  const current = refused.filter(({ forgottenAtMs }) => forgottenAtMs > nowMs);
  const [longest] = current.toSorted((left, right) => left.sinceMs - right.sinceMs);
  return longest === undefined ? null : { reason: longest.reason, sinceMs: longest.sinceMs };
}

/** Lets every key be tried again by all processes; false unless one was refused. */
export async function resumePolls({
  polls,
  connection,
  refusedKeysKey,
}: WatchQueues): Promise<boolean> {
  const removed = await connection.del(refusedKeysKey);
  const isPaused = await polls.isPaused();
  if (isPaused) await polls.resume();
  return removed > 0 || isPaused;
}

/** The refused keys of all processes, as one knows them. */
export interface ProcessKeys extends RefusedKeys {
  /** Why polls of this process are paused; null unless they are. */
  readonly own: () => WatchPause | null;
  /**
   * Whether all keys of this process are refused, and it leaves polls to others. At times it does not:
   * to try the keys, and to end the watches whose time is over.
   */
  readonly isHeld: () => boolean;
  readonly stop: () => void;
}

/** How long a process without a good key fetches polls, once in each interval of tries, in milliseconds. */
const openMs = 1000;

/** The refused keys of all processes, as this one knows them. */
export function createRefusedKeys(
  queues: WatchQueues,
  nowMs: () => number,
  pulse: Pulse,
  hasOneClient: boolean,
): ProcessKeys {
  const { connection, polls, refusedKeysKey, legacyPauseKey } = queues;
  let known = new Map<string, RefusedKey>();
  const askedByWorkspace = new Map<string, string>();
  const hold = { sinceMs: 0, everyMs: 2 * openMs };

  const refresh = async (): Promise<void> => {
    const read = await readAll(queues);
    known = new Map(read.filter(([, { forgottenAtMs }]) => forgottenAtMs > nowMs()));
    // The version before paused the queue of all; it may still run beside this one.
    if ((await connection.del(legacyPauseKey)) > 0) await polls.resume();
  };
  /** What is known in this process holds even if Redis does not take it. */
  const quietly = async <Value>(write: Promise<Value>, otherwise: Value): Promise<Value> =>
    write.catch((error: unknown) => {
      pulse.failed(error);
      return otherwise;
    });
  const timer = setInterval(() => void quietly(refresh(), undefined), refreshEveryMs);
  timer.unref();
  void quietly(refresh(), undefined);

  return {
    find: (workspaceId, fingerprint) => {
      askedByWorkspace.set(workspaceId, fingerprint);
      return known.get(fingerprint) ?? null;
    },
    mayProbe: (fingerprint, everyMs) => {
      const claim = connection.set(`${refusedKeysKey}:${fingerprint}`, "", "PX", everyMs, "NX");
      return quietly(
        claim.then((reply) => reply === "OK"),
        false,
      );
    },
    refuse: async (fingerprint, reason, probeEveryMs) => {
      const sinceMs = known.get(fingerprint)?.sinceMs ?? Math.round(nowMs());
      const forgottenAtMs = Math.round(nowMs() + forgottenAfterProbes * probeEveryMs);
      const key: RefusedKey = { reason, sinceMs, forgottenAtMs };
      const isNew = !known.has(fingerprint);
      if (isNew) Object.assign(hold, { sinceMs: nowMs(), everyMs: probeEveryMs });
      known.set(fingerprint, key);
      const added = await quietly(
        connection.hset(refusedKeysKey, fingerprint, JSON.stringify(key)),
        0,
      );
      return isNew && added > 0;
    },
    accept: async (fingerprint) => {
      known.delete(fingerprint);
      return (await quietly(connection.hdel(refusedKeysKey, fingerprint), 0)) > 0;
    },
    own: () => {
      for (const fingerprint of askedByWorkspace.values()) {
        const { reason, sinceMs } = known.get(fingerprint) ?? {};
        if (reason !== undefined && sinceMs !== undefined) return { reason, sinceMs };
      }
      return null;
    },
    isHeld: () => {
      // Where each workspace has a key of its own, those not yet asked for may be good.
      if (!hasOneClient) return false;
      const asked = [...askedByWorkspace.values()];
      if (asked.length === 0 || !asked.every((fingerprint) => known.has(fingerprint))) return false;
      return (nowMs() - hold.sinceMs) % hold.everyMs >= Math.min(openMs, hold.everyMs / 2);
    },
    stop: () => clearInterval(timer),
  };
}
