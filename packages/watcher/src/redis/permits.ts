import type { LimiterWindow } from "./limiter-window.ts";
import type { WatchQueues } from "./queues.ts";
import { redisScript, runScript } from "./run-script.ts";

/** BullMQ counts each job that it gives out; this counts a request that is made without one, in the same window. */
const permitScript = redisScript(`
local taken = tonumber(redis.call('GET', KEYS[1]) or 0)
if taken >= tonumber(ARGV[1]) then return redis.call('PTTL', KEYS[1]) end
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
  return Math.max(0, Number(reply));
}
