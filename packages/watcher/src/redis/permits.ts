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
