import { setTimeout as sleep } from "node:timers/promises";
import type { LimiterWindow } from "./limiter-window.ts";
import type { WatchQueues } from "./queues.ts";
import { redisScript, runScript } from "./run-script.ts";

/**
 * BullMQ counts each job that it gives out; this counts a request that is made without one, in the same window. In the last
 * millisecond of a window Redis says that 0 are left of it: whoever asks then begins the next, and is counted there.
 */
const permitScript = redisScript(`
if tonumber(redis.call('GET', KEYS[1]) or 0) >= tonumber(ARGV[1]) then
  local leftMs = redis.call('PTTL', KEYS[1])
  if leftMs > 0 then return leftMs end
  redis.call('DEL', KEYS[1])
end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`);

/** Takes the permit of one request. Resolves to 0, or to how long there will be none, in milliseconds. */
export async function takePermit(
  { connection, polls }: WatchQueues,
  { max, duration }: LimiterWindow,
): Promise<number> {
  const reply = await runScript(
    connection,
    permitScript,
    [polls.toKey("limiter")],
    [max, duration],
  );
  return Number(reply);
}

const returnScript = redisScript(`
if tonumber(redis.call('GET', KEYS[1]) or 0) > 0 then redis.call('DECR', KEYS[1]) end
`);

/** Gives back the permit of a job without a request. */
export async function returnPermit({ connection, polls }: WatchQueues): Promise<void> {
  await runScript(connection, returnScript, [polls.toKey("limiter")], []);
}

/** The permits of the requests that this process makes without a job. */
export interface Permits {
  /** Waits for the turn of a request of a workspace; false once `signal` is aborted. Rejects where Redis fails. */
  take(workspaceId: string, signal: AbortSignal): Promise<boolean>;
}

interface Waiting {
  readonly signal: AbortSignal;
  readonly settle: (permitted: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** Workspaces take turns, and the requests of one have theirs in order. */
export function createPermits(queues: WatchQueues, limiter: LimiterWindow): Permits {
  const lines = new Map<string, Waiting[]>();
  let isGiving = false;

  /** The next whose turn it is. */
  const next = (): Waiting | undefined => {
    for (const [workspaceId, line] of lines) {
      lines.delete(workspaceId);
      const first = line.shift();
      if (line.length > 0) lines.set(workspaceId, line);
      if (first?.signal.aborted === false) return first;
      first?.settle(false);
    }
    return undefined;
  };
  const give = async (): Promise<void> => {
    for (let one = next(); one !== undefined; one = next()) {
      try {
        let waitMs = await takePermit(queues, limiter);
        while (waitMs > 0 && !one.signal.aborted) {
          await sleep(waitMs, undefined, { signal: one.signal }).catch(() => undefined);
          if (!one.signal.aborted) waitMs = await takePermit(queues, limiter);
        }
        one.settle(waitMs <= 0);
      } catch (error) {
        one.fail(error);
      }
    }
    isGiving = false;
  };

  return {
    take: (workspaceId, signal) =>
      new Promise((settle, fail) => {
        lines.set(workspaceId, [...(lines.get(workspaceId) ?? []), { signal, settle, fail }]);
        if (isGiving) return;
        isGiving = true;
        void give();
      }),
  };
}
