import { indexKeyOf, type QueueName, type WatchQueues } from "./queues.ts";
import { redisScript, runScript } from "./run-script.ts";
import { isWatchKey, watchKeyLength } from "../watch/watch-target.ts";

/**
 * The keys of a queue that its scripts need to be of a type. One of another type makes them stop half way; what it should
 * hold is found again from the jobs.
 */
const typeOfKey = {
  delayed: "zset",
  prioritized: "zset",
  failed: "zset",
  completed: "zset",
  "waiting-children": "zset",
  wait: "list",
  active: "list",
  paused: "list",
  marker: "zset",
  stalled: "set",
  events: "stream",
  meta: "hash",
  limiter: "string",
  "stalled-check": "string",
  pc: "string",
} as const;

/**
 * Puts back the jobs that are in none of the sets and lists of their queue, each in one step with the look for it: BullMQ takes
 * jobs out of a set by the thousand before it writes where they go, and Redis may stop it in between. A job that was delivered
 * or parked is that again; any other is due. On the way, what would stop BullMQ again is mended. The first eight keys are where
 * jobs may be: five sorted sets, three lists.
 */
const restoreScript = redisScript(`
local jobs, cursor, ids = ARGV[1], '0', {}
local types = cjson.decode(ARGV[2])
for i, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'none' and kind ~= types[i] then redis.call('DEL', key) end
end
local counter = redis.call('GET', KEYS[#KEYS])
if counter and not string.find(counter, '^%d+$') then redis.call('DEL', KEYS[#KEYS]) end

if ARGV[3] == 'scan' then
  local reply = redis.call('SCAN', ARGV[4], 'MATCH', ARGV[5], 'COUNT', ARGV[6])
  cursor = reply[1]
  for _, key in ipairs(reply[2]) do ids[#ids + 1] = string.sub(key, #jobs + 1) end
else
  for i = 4, #ARGV do ids[#ids + 1] = ARGV[i] end
end

-- Those that are there.
local lost = {}
for _, id in ipairs(ids) do
  -- Not a key of the queue itself.
  if string.find(id, '^[%w_-]+$') and #id == ${watchKeyLength} then
    local job = jobs .. id
    local priority = redis.pcall('HGET', job, 'priority')
    if type(priority) == 'table' then
      if not string.find(priority.err, 'WRONGTYPE') then return priority end
      redis.call('DEL', job)
    elseif priority and not string.find(priority, '^%d+$') then
      redis.call('HSET', job, 'priority', 0)
    end
    if priority or redis.call('EXISTS', job) == 1 then lost[#lost + 1] = id end
  end
end

-- Without those that are in a set or list.
local function leave(isThere)
  local rest = {}
  for i, id in ipairs(lost) do
    if not isThere(i, id) then rest[#rest + 1] = id end
  end
  lost = rest
end
for i = 1, 8 do
  if #lost == 0 then break end
  if i <= 5 then
    local scores = redis.call('ZMSCORE', KEYS[i], unpack(lost))
    leave(function(at) return scores[at] end)
  else
    local listed = {}
    for _, one in ipairs(redis.call('LRANGE', KEYS[i], 0, -1)) do listed[one] = true end
    leave(function(_, id) return listed[id] end)
  end
end

local isDue = false
for _, id in ipairs(lost) do
  local job = jobs .. id
  local endedAt = redis.call('HGET', job, 'finishedOn')
  if endedAt and string.find(endedAt, '^%d+$') then
    local place = redis.call('HEXISTS', job, 'returnvalue') == 1 and 4 or 3
    redis.call('ZADD', KEYS[place], endedAt, id)
  else
    redis.call('HSET', job, 'priority', 0, 'delay', 0)
    redis.call('LPUSH', KEYS[6], id)
    isDue = true
  end
end
if isDue then redis.call('ZADD', KEYS[9], 0, '0') end
return {cursor, #lost}
`);

/** The first keys of a queue: five sorted sets and three lists. */
const placeCount = 8;

async function restore(
  { connection, ...queues }: WatchQueues,
  name: QueueName,
  args: readonly (string | number)[],
): Promise<{ readonly cursor: string; readonly restored: number }> {
  const queue = queues[name];
  const keys = Object.keys(typeOfKey).map((key) => queue.toKey(key));
  const types = JSON.stringify(Object.values(typeOfKey));
  const reply = await runScript(connection, restoreScript, keys, [queue.toKey(""), types, ...args]);
  const [cursor = "0", restored = 0]: unknown[] = Array.isArray(reply) ? reply : [];
  return { cursor: String(cursor), restored: Number(restored) };
}

/** Puts these jobs back where they are in no set or list of their queue; resolves to how many were not. */
export async function restoreJobs(
  queues: WatchQueues,
  name: QueueName,
  keys: readonly string[],
): Promise<number> {
  return (await restore(queues, name, ["keys", ...keys])).restored;
}

/**
 * Removes a job from wherever it is, whatever its key holds. A job in the hands of a worker is locked; an unlocked one that
 * counts as active is that of a dead process.
 */
const removeScript = redisScript(`
local job, id, isWatch = ARGV[1], ARGV[2], ARGV[3] == 'watch'
if redis.call('EXISTS', job .. ':lock') == 1 then return 'held' end
local count = 0
for i = 1, 5 do count = count + redis.call('ZREM', KEYS[i], id) end
for i = 6, 8 do count = count + redis.call('LREM', KEYS[i], 0, id) end
if isWatch or count > 0 then count = count + redis.call('DEL', job, job .. ':logs') end
for i = 9, #KEYS do redis.call('HDEL', KEYS[i], id) end
return count > 0 and 'removed' or 'none'
`);

/** Removes a job, damaged or not; `held` while a worker has it. */
export async function removeJob(
  queues: WatchQueues,
  name: QueueName,
  key: string,
  workspaceIds: readonly string[] = [],
): Promise<"removed" | "held" | "none"> {
  // The queue's own keys have the same beginning.
  if (Object.hasOwn(typeOfKey, key) || key.includes(":")) return "none";
  const queue = queues[name];
  const places = Object.keys(typeOfKey).slice(0, placeCount);
  const indexes = workspaceIds.map((workspaceId) => indexKeyOf(queues, workspaceId));
  const reply = await runScript(
    queues.connection,
    removeScript,
    [...places.map((one) => queue.toKey(one)), ...indexes],
    [queue.toKey(key), key, isWatchKey(key) ? "watch" : ""],
  );
  return reply === "removed" || reply === "held" ? reply : "none";
}

/** So many keys are looked at in one step, so that nobody else waits long for Redis: 10,000 watches are ten steps of some 10 ms. */
const scannedAtOnce = 1000;

/** For a pattern of Redis that means the text itself. */
const literally = (text: string): string => text.replace(/[\\*?[\]]/gu, "\\$&");

/** The same for all jobs of the queue. */
export async function restoreAll(queues: WatchQueues, name: QueueName): Promise<number> {
  const pattern = literally(queues[name].toKey("")) + "?".repeat(watchKeyLength);
  let count = 0;
  let at = "0";
  do {
    const page = await restore(queues, name, ["scan", at, pattern, scannedAtOnce]);
    count += page.restored;
    at = page.cursor;
  } while (at !== "0");
  return count;
}
