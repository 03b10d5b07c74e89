import { describe } from "vitest";
import { redisExecutable } from "./redis-server.ts";

if (redisExecutable === undefined && process.env["CI"]) {
  throw new Error("There is neither redis-server nor valkey-server; install one of them.");
}

/** Skips, visibly, where there is no Redis; with `CI` set that is a failure. */
export const describeRedis: typeof describe.skip =
  redisExecutable === undefined ? describe.skip : describe;
