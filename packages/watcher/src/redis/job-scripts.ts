import { randomUUID } from "node:crypto";
import { redisScript, runScript } from "./run-script.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import type { DeliveryOptions } from "./job-worker.ts";
import { indexKeyOf, type WatchQueues } from "./queues.ts";

/**
 * Stores a job as BullMQ does, without its events, which only dashboards read. The queue of a marker that is of use to nobody,
 * since the queue is paused, is looked at once and found empty.
 */
const storeJob = `
local function storeJob(job, name, data, opts, nowMs, priority)
  redis.call('HSET', job, 'name', name, 'data', data, 'opts', opts, 'timestamp', nowMs, 'delay', 0, 'priority', priority)
end
local function addOutcome(job, waiting, key, data, opts, nowMs)
  if redis.call('EXISTS', job) == 1 then return end
  storeJob(job, 'outcome', data, opts, nowMs, 0)
  redis.call('LPUSH', waiting, key)
end
`;

const addScript = redisScript(`${storeJob}
local job, outcome, index, waiting, prioritized, counter, marker = unpack(KEYS)
local key, data, opts, nowMs, priority, generation = unpack(ARGV)
if redis.call('EXISTS', job) == 1 then return 'running' end
if redis.call('EXISTS', outcome) == 1 then return 'ended' end
storeJob(job, 'poll', data, opts, nowMs, priority)
redis.call('HSET', index, key, generation)
if priority == '0' then
  redis.call('LPUSH', waiting, key)
else
  redis.call('ZADD', prioritized, priority * 0x100000000 + redis.call('INCR', counter) % 0x100000000, key)
end
redis.call('ZADD', marker, 0, '0')
return 'added'
`);

/** In a line of waiting jobs that is no longer than this, any number is looked for; in a longer one so many for each that it has. */
const shortLine = 5000;
const lineForEach = 500;

/**
 * First finds where the jobs are, then writes, those that wait in line together: to search the line for each of them would
 * take time in proportion to their number and its length.
 */
const settleScript = redisScript(`${storeJob}
local tokens, index, delayed, prioritized, waiting, rest, marker, outcomesWaiting, outcomesMarker = unpack(KEYS)
local workspaceId, token, polls, outcomes, nowMs, opts = unpack(ARGV, 1, 6)
if redis.call('HGET', tokens, workspaceId) ~= token then return false end

local all, keys = {}, {}
for i = 7, #ARGV, 6 do
  local kind, key, generation, at, data, was = unpack(ARGV, i, i + 5)
  keys[#keys + 1] = key
  all[#all + 1] = { kind = kind, key = key, job = polls .. key, generation = generation, at = at, data = data, was = was }
end

local generations = redis.call('HMGET', index, unpack(keys))
local delayedAt = redis.call('ZMSCORE', delayed, unpack(keys))
local prioritizedAs = redis.call('ZMSCORE', prioritized, unpack(keys))
local searched = 0
for i = 1, #keys do
  if not delayedAt[i] and not prioritizedAs[i] then searched = searched + 1 end
end
local line, isInLine = {}, {}
if searched > 0 and redis.call('LLEN', waiting) <= math.max(${shortLine}, ${lineForEach} * searched) then
  line = redis.call('LRANGE', waiting, 0, -1)
  for _, key in ipairs(line) do isInLine[key] = true end
end

local gone, taken, isTaken, unprioritized, hasLeftLine = {}, {}, {}, {}, false
for i, one in ipairs(all) do
  local isThere = generations[i] == one.generation and (delayedAt[i] or prioritizedAs[i] or isInLine[one.key])
  -- Unless it was polled since it was read.
  if isThere and (one.was == '' or redis.call('HGET', one.job, 'data') == one.was) then
    taken[#taken + 1], isTaken[one.key], one.delayedAt = one, true, delayedAt[i]
    if prioritizedAs[i] then unprioritized[#unprioritized + 1] = one.key end
    hasLeftLine = hasLeftLine or isInLine[one.key]
  else
    gone[#gone + 1] = one.key
    if generations[i] and redis.call('EXISTS', one.job) == 0 then redis.call('HDEL', index, one.key) end
  end
end

if hasLeftLine then
  local left = 0
  for _, key in ipairs(line) do
    if not isTaken[key] then left, line[left + 1] = left + 1, key end
  end
  for from = 1, left, ${shortLine} do
    redis.call('RPUSH', rest, unpack(line, from, math.min(left, from + ${shortLine - 1})))
  end
  if left > 0 then redis.call('RENAME', rest, waiting) else redis.call('DEL', waiting) end
end
if #unprioritized > 0 then redis.call('ZREM', prioritized, unpack(unprioritized)) end

local scores, ended, endedJobs, hasDue = {}, {}, {}, false
for _, one in ipairs(taken) do
  if one.kind == 'end' then
    addOutcome(outcomes .. one.key, outcomesWaiting, one.key, one.data, opts, nowMs)
    ended[#ended + 1], endedJobs[#endedJobs + 1] = one.key, one.job
  else
    redis.call('HSET', one.job, 'data', one.data)
    scores[#scores + 1] = one.at
    scores[#scores + 1] = one.key
    -- Workers sleep until the first job that they know to be due.
    hasDue = hasDue or one.kind == 'due' or (one.delayedAt and tonumber(one.at) < tonumber(one.delayedAt))
  end
end
if #scores > 0 then redis.call('ZADD', delayed, unpack(scores)) end
if hasDue then redis.call('ZADD', marker, 0, '0') end
if #ended > 0 then
  redis.call('ZREM', delayed, unpack(ended))
  redis.call('HDEL', index, unpack(ended))
  redis.call('DEL', unpack(endedJobs))
  redis.call('ZADD', outcomesMarker, 0, '0')
end
return gone
`);

const endScript = redisScript(`${storeJob}
local lock = KEYS[1] .. ':lock'
if redis.call('GET', lock) ~= ARGV[1] then return 0 end
local key = ARGV[2]
addOutcome(KEYS[5], KEYS[6], ARGV[6], ARGV[3], ARGV[4], ARGV[5])
redis.call('ZADD', KEYS[7], 0, '0')
redis.call('LREM', KEYS[2], -1, key)
redis.call('SREM', KEYS[3], key)
redis.call('HDEL', KEYS[4], key)
redis.call('DEL', KEYS[1], lock)
return 1
`);

const deliveredScript = redisScript(`
local lock = KEYS[1] .. ':lock'
if redis.call('GET', lock) ~= ARGV[1] then return 0 end
redis.call('LREM', KEYS[2], -1, ARGV[2])
redis.call('SREM', KEYS[3], ARGV[2])
redis.call('ZADD', KEYS[4], ARGV[3], ARGV[2])
redis.call('HSET', KEYS[1], 'returnvalue', 'null', 'finishedOn', ARGV[3], 'atm', ARGV[4])
redis.call('DEL', lock)
return 1
`);

/** What the leader of a workspace writes of one of its watches. */
export interface Settled {
  /** `again`: polled at `atMs`, or before. `due`: polled by itself at once. `end`: `data` is the outcome. */
  readonly kind: "again" | "due" | "end";
  readonly key: string;
  /** Of the watch with that key, as it was read. */
  readonly generation: string;
  readonly atMs: number;
  /** Of the watch, or of its outcome. */
  readonly data: object;
  /** What was read of it, where it may have been polled since: it is then left as it is. */
  readonly was?: string;
}

/** A new watch, as its job carries it. */
export interface NewJob {
  readonly key: string;
  readonly workspaceId: string;
  readonly data: object;
  readonly priority: number;
}

/** Stores the job of a new watch; tells if there is one, or if the watch has ended. */
export async function addPollJob(
  queues: WatchQueues,
  { key, workspaceId, data, priority }: NewJob,
  nowMs: number,
): Promise<"added" | "running" | "ended"> {
  const { connection, polls, outcomes } = queues;
  const keys = [
    polls.toKey(key),
    outcomes.toKey(key),
    indexKeyOf(queues, workspaceId),
    ...["wait", "prioritized", "pc", "marker"].map((name) => polls.toKey(name)),
  ];
  const options = { jobId: key, timestamp: nowMs, attempts: 0, ...(priority > 0 && { priority }) };
  const stored = [JSON.stringify(data), JSON.stringify(options)];
  // One that was cancelled and added again is another.
  const args = [key, ...stored, nowMs, priority, randomUUID().slice(0, 8)];
  const reply = await runScript(connection, addScript, keys, args);
  return reply === "running" || reply === "ended" ? reply : "added";
}

/** So many are written at a time, so that nobody else waits long for Redis. */
const maxSettled = 500;

/** BullMQ's score of a delayed job, whose last twelve bits are an order among those of one millisecond. */
const scoreOf = (atMs: number, order: number): number =>
  Math.round(atMs) * 0x1000 + (order % 0x1000);

const outcomeKeys = ({ outcomes }: WatchQueues): string[] =>
  ["wait", "marker"].map((name) => outcomes.toKey(name));

/**
 * Writes what the leader of a workspace has decided for watches that nobody polls at the moment, each in one step: state and
 * schedule, or outcome and end. Resolves to the keys of those that were not there to be written; null where another process
 * leads by now.
 */
export async function settleWatches(
  queues: WatchQueues,
  { workspaceId, token }: { readonly workspaceId: string; readonly token: string },
  settled: readonly Settled[],
  options: DeliveryOptions,
  now: number,
): Promise<readonly string[] | null> {
  const { connection, polls, outcomes, leadKeys } = queues;
  const nowMs = Math.round(now);
  const gone: string[] = [];
  for (let from = 0; from < settled.length; from += maxSettled) {
    const entries = settled
      .slice(from, from + maxSettled)
      .flatMap(({ kind, key, generation, atMs, data, was = "" }, order) => [
        kind,
        key,
        generation,
        scoreOf(atMs, order),
        JSON.stringify(data),
        was,
      ]);
    const reply = await runScript(
      connection,
      settleScript,
      [
        leadKeys.tokens,
        indexKeyOf(queues, workspaceId),
        ...["delayed", "prioritized", "wait", "rest-of-wait", "marker"].map((name) =>
          polls.toKey(name),
        ),
        ...outcomeKeys(queues),
      ],
      [
        workspaceId,
        token,
        polls.toKey(""),
        outcomes.toKey(""),
        nowMs,
        JSON.stringify({ ...options, timestamp: nowMs }),
        ...entries,
      ],
    );
    if (!Array.isArray(reply)) return null;
    gone.push(...reply.map((key) => String(key)));
  }
  return gone;
}

/** A job that this process has locked. */
export interface LockedJob {
  readonly key: string;
  readonly token: string;
}

/** Stores the outcome of a poll and removes its job, in one step; false if the job is not this process's any more. */
export async function endPolledWatch(
  queues: WatchQueues,
  { key, token }: LockedJob,
  target: WatchTarget,
  outcome: object,
  options: DeliveryOptions,
  nowMs: number,
): Promise<boolean> {
  const { connection, polls, outcomes } = queues;
  const outcomeKey = watchKey(target);
  const keys = [
    polls.toKey(key),
    polls.toKey("active"),
    polls.toKey("stalled"),
    indexKeyOf(queues, target.workspaceId),
    outcomes.toKey(outcomeKey),
    ...outcomeKeys(queues),
  ];
  const stored = JSON.stringify({ ...options, timestamp: nowMs });
  const args = [token, key, JSON.stringify(outcome), stored, nowMs, outcomeKey];
  return Number(await runScript(connection, endScript, keys, args)) === 1;
}

/** Notes that an outcome was delivered; false if its job is not this process's any more. */
export async function endDelivery(
  { connection, outcomes }: WatchQueues,
  { key, token }: LockedJob,
  attempt: number,
  nowMs: number,
): Promise<boolean> {
  const keys = [key, "active", "stalled", "completed"].map((name) => outcomes.toKey(name));
  const args = [token, key, Math.round(nowMs), attempt];
  return Number(await runScript(connection, deliveredScript, keys, args)) === 1;
}
