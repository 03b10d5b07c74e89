import { Redis, type Cluster, type RedisOptions } from "ioredis";
import { WatcherOptionError } from "../errors.ts";

/** A connection to Redis or Valkey, or to a cluster of them. */
export type WatchConnection = Redis | Cluster;

/**
 * Where Redis is: a URL (`redis://` or `rediss://`), ioredis's options, or a function that makes
 * a connection, for a cluster or for Sentinel. It is called several times, since workers need
 * connections of their own; the engine closes what it was given.
 */
export type WatchConnectionOptions =
  | string
  | RedisOptions
  | ((purpose: ConnectionPurpose) => WatchConnection);

/**
 * What a connection is for. Those of a `"worker"` must have `maxRetriesPerRequest: null`, so that
 * they outlast a restart of Redis; those of a `"caller"` should give up in time, so that `watch`
 * rejects instead of hanging.
 */
export type ConnectionPurpose = "worker" | "caller";

/** About six seconds of tries: `watch` must not pretend for longer than that. */
const callerRetries = 10;

/** Redis is tried again after 50 ms, then less and less often, at least every two seconds. */
const reconnectDelayMs = (times: number): number => Math.min(times * 50, 2000);

/** Opens a connection; `onError` hears of every failure, so that none crashes the process. */
export function connect(
  options: WatchConnectionOptions,
  purpose: ConnectionPurpose,
  onError: (error: Error) => void,
): WatchConnection {
  const connection = open(options, purpose);
  connection.on("error", onError);
  return connection;
}

function open(options: WatchConnectionOptions, purpose: ConnectionPurpose): WatchConnection {
  const maxRetriesPerRequest = purpose === "worker" ? null : callerRetries;
  if (typeof options === "function") return options(purpose);
  if (typeof options !== "string") {
    return new Redis({
      retryStrategy: reconnectDelayMs,
      ...options,
      maxRetriesPerRequest,
      // What BullMQ reads of replies is as Redis has always sent them.
      replyMapping: "legacy",
    });
  }
  const protocol = URL.canParse(options) ? new URL(options).protocol : "";
  if (protocol !== "redis:" && protocol !== "rediss:") {
    // The URL itself may hold a password.
    throw new WatcherOptionError("The Redis URL must begin with redis:// or rediss://.");
  }
  return new Redis(options, { retryStrategy: reconnectDelayMs, maxRetriesPerRequest });
}
