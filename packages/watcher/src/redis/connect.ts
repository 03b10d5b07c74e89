import { Redis, type Cluster, type RedisOptions } from "ioredis";
import { WatcherOptionError } from "../errors.ts";

/** A connection to Redis or Valkey, or to a cluster. */
export type WatchConnection = Redis | Cluster;

/**
 * How to connect to Redis: a URL (`redis://` or `rediss://`), options of ioredis, or a function that
 * creates a connection, for a cluster or Sentinel. The function is called once for each purpose; the
 * engine closes its connections.
 */
export type WatchConnectionOptions =
  | string
  | RedisOptions
  | ((purpose: ConnectionPurpose) => WatchConnection);

/**
 * The purpose of a connection. A `"worker"` connection must have `maxRetriesPerRequest: null` to
 * survive a restart of Redis; a `"caller"` connection should have a limit, so that `watch` rejects
 * instead of hanging.
 */
export type ConnectionPurpose = "worker" | "caller";

/** About six seconds, after which `watch` rejects. */
const callerRetries = 10;

const reconnectDelayMs = (times: number): number => Math.min(times * 50, 2000);

/** Opens a connection; without `onError` a failed attempt to connect would end the process. */
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
      // BullMQ expects replies in the format of RESP2.
      replyMapping: "legacy",
    });
  }
  const protocol = URL.canParse(options) ? new URL(options).protocol : "";
  if (protocol !== "redis:" && protocol !== "rediss:") {
    // The URL may contain a password.
    throw new WatcherOptionError("The Redis URL must begin with redis:// or rediss://.");
  }
  return new Redis(options, { retryStrategy: reconnectDelayMs, maxRetriesPerRequest });
}
