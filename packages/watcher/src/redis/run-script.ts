import { createHash } from "node:crypto";
import type { WatchConnection } from "./connect.ts";

/** A script of Redis. */
export interface RedisScript {
  readonly lua: string;
  readonly sha: string;
}

export function redisScript(lua: string): RedisScript {
  return { lua, sha: createHash("sha1").update(lua).digest("hex") };
}

/** Runs a script by its hash, and sends it where the server does not have it. */
export async function runScript(
  connection: WatchConnection,
  { lua, sha }: RedisScript,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await connection.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return connection.eval(lua, keys.length, ...keys, ...args);
  }
}
