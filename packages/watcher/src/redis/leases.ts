import type { KnownReads } from "@qontext/sync-log-client/wait";
import { newKnownReads } from "@qontext/sync-log-client/wait";
import { redisScript, type RedisScript, runScript } from "./run-script.ts";
import { indexKeyOf, type WatchQueues } from "./queues.ts";

/** What a process is told that wants to lead a workspace. */
export type Claim =
  | { readonly kind: "mine"; readonly known: KnownReads }
  /** `few`: too few watches for a list. `led`: by another process. `closed`: no list for a while. */
  | { readonly kind: "few" | "led" | "closed" };

/**
 * Which process reads the list of a workspace: a lease, which it renews. Others see within a second
 * that one has run out.
 * Nobody leads a workspace whose list is of no use for a while.
 */
export interface Leases {
  /** Tells the leases of this process from those of others. */
  readonly token: string;
  /** `isOrphan`: it had a leader, which is forgotten where there is nothing left to lead. */
  claim(workspaceId: string, isOrphan: boolean): Promise<Claim>;
  /** Those of the workspaces that have gone to another process. */
  renew(workspaceIds: readonly string[]): Promise<readonly string[]>;
  /** Lets others lead the workspace from `atMs` on. */
  release(workspaceId: string, atMs: number, known: KnownReads): Promise<void>;
  /** Some workspaces without a leader. */
  orphans(): Promise<readonly string[]>;
}

/** After so long without a sign of its leader, another process leads a workspace, in milliseconds. */
const leaseMs = 3000;

/** A scan takes so many; the next one the others. */
const maxOrphans = 50;

/** What a process sends that wants to lead. */
export const claimScript: RedisScript = redisScript(`
if redis.call('HLEN', KEYS[4]) < tonumber(ARGV[5]) then
  if ARGV[6] == 'orphan' then
    redis.call('ZREM', KEYS[1], ARGV[1])
    redis.call('HDEL', KEYS[2], ARGV[1])
    redis.call('HDEL', KEYS[3], ARGV[1])
  end
  return 'few'
end
local until_, owner = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0), redis.call('HGET', KEYS[2], ARGV[1])
local isFree = owner == ARGV[2] or until_ <= tonumber(ARGV[3])
if not isFree then return owner == '' and 'closed' or 'led' end
redis.call('ZADD', KEYS[1], ARGV[4], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 'mine' .. (redis.call('HGET', KEYS[3], ARGV[1]) or '')
`);

const renewScript = redisScript(`
local lost = {}
for i = 3, #ARGV do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[1] then
    redis.call('ZADD', KEYS[1], ARGV[2], ARGV[i])
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
`);

const releaseScript = redisScript(`
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], '')
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
`);

const textsOf = (reply: unknown): string[] =>
  Array.isArray(reply) ? reply.map((one) => String(one)) : [];

export function createLeases(
  queues: WatchQueues,
  token: string,
  nowMs: () => number,
  minReads: number,
): Leases {
  const { connection, leadKeys } = queues;
  const keys = [leadKeys.leases, leadKeys.tokens, leadKeys.known];
  const run = (
    script: typeof claimScript,
    args: readonly (string | number)[],
    more: readonly string[] = [],
  ): Promise<unknown> => runScript(connection, script, [...keys, ...more], args);
  const untilMs = (): number => Math.round(nowMs() + leaseMs);

  return {
    token,
    claim: async (workspaceId, isOrphan) => {
      const reply = await run(
        claimScript,
        [workspaceId, token, Math.round(nowMs()), untilMs(), minReads, isOrphan ? "orphan" : ""],
        [indexKeyOf(queues, workspaceId)],
      );
      const text = String(reply);
      if (text === "few" || text === "led" || text === "closed") return { kind: text };
      const stored = text.slice("mine".length);
      // Only this file writes it.
      const known: KnownReads = stored === "" ? newKnownReads : JSON.parse(stored);
      return { kind: "mine", known };
    },
    renew: async (ids) =>
      ids.length === 0 ? [] : textsOf(await run(renewScript, [token, untilMs(), ...ids])),
    release: async (workspaceId, atMs, known) => {
      await run(releaseScript, [workspaceId, token, Math.round(atMs), JSON.stringify(known)]);
    },
    orphans: () =>
      connection.zrangebyscore(
        leadKeys.leases,
        "-inf",
        String(Math.round(nowMs())),
        "LIMIT",
        0,
        maxOrphans,
      ),
  };
}
