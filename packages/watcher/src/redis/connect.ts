import { Redis, type Cluster, type RedisOptions } from "ioredis";
import { WatcherOptionError } from "../errors.ts";
import type { Pulse } from "./pulse.ts";

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

/** After this a command of a caller rejects, in milliseconds, whatever became of the connection. */
export const callTimeoutMs = 5000;

/** The longest that a worker's connection may be asked to block, in seconds: shorter than its socket's timeout. */
export const maxBlockS = 3;

const reconnectDelayMs = (times: number): number => Math.min(times * 50, 2000);

/**
 * A server that was demoted keeps its connections and refuses their writes: only a new connection
 * finds the one that was promoted. One that wants a password keeps them, too, and asks nobody for it again.
 */
const needsNewConnection = ({ message }: Error): boolean =>
  /\b(?:READONLY|UNBLOCKED|NOAUTH)\b/u.test(message);

const defaultsOf = (purpose: ConnectionPurpose): RedisOptions => ({
  retryStrategy: reconnectDelayMs,
  reconnectOnError: needsNewConnection,
  connectTimeout: callTimeoutMs,
  socketTimeout: maxBlockS * 1000 + 2000,
  keepAlive: 10_000,
  // A silent server does not close its side.
  disconnectTimeout: 250,
  ...(purpose === "caller" && { commandTimeout: callTimeoutMs }),
});

/** A connection with all that BullMQ has duplicated from it. */
export interface OpenConnection {
  readonly connection: WatchConnection;
  /** Closes them at once: BullMQ leaves its own open while Redis is away, and so the process alive. */
  readonly end: () => void;
}

/** Opens a connection that tells the pulse when it fails and when it is ready. */
export function connect(
  options: WatchConnectionOptions,
  purpose: ConnectionPurpose,
  pulse: Pulse,
): OpenConnection {
  const connection = open(options, purpose);
  // Without a listener a failed attempt to connect would end the process.
  connection.on("error", (error) => pulse.failed(error, "connection"));
  connection.on("ready", () => pulse.succeeded("connection"));
  withoutPolicy(connection);
  const all = [connection];
  const duplicate: (...args: never[]) => WatchConnection = connection.duplicate.bind(connection);
  const tracked = (...args: never[]): WatchConnection => {
    const copy = duplicate(...args);
    withoutPolicy(copy);
    all.push(copy);
    return copy;
  };
  Object.assign(connection, { duplicate: tracked });
  return { connection, end: () => all.forEach((one) => one.disconnect()) };
}

/**
 * BullMQ asks each connection for all information, and prints a line of its own about an eviction policy.
 * The engine asks for a section, and tells that once.
 */
function withoutPolicy(connection: WatchConnection): void {
  const info: (...sections: string[]) => Promise<string> = connection.info.bind(connection);
  // What ioredis gives, to check whether Redis is ready, is a callback.
  const quiet = (...given: string[]): Promise<string> =>
    given.length > 0
      ? info(...given)
      : info().then((text) => text.replace(/^maxmemory_policy:.*$/mu, ""));
  Object.assign(connection, { info: quiet });
}

function open(options: WatchConnectionOptions, purpose: ConnectionPurpose): WatchConnection {
  // A worker's commands wait for Redis to come back; those of a caller reject in time.
  const maxRetriesPerRequest = purpose === "worker" ? null : 10;
  if (typeof options === "function") return withoutKeyPrefix(options(purpose));
  // BullMQ expects replies in the format of RESP2.
  const fixed = { maxRetriesPerRequest, replyMapping: "legacy" } as const;
  if (typeof options !== "string") {
    return withoutKeyPrefix(new Redis({ ...defaultsOf(purpose), ...options, ...fixed }));
  }
  const protocol = URL.canParse(options) ? new URL(options).protocol : "";
  if (protocol !== "redis:" && protocol !== "rediss:") {
    // The URL may contain a password.
    throw new WatcherOptionError("The Redis URL must begin with redis:// or rediss://.");
  }
  return new Redis(options, { ...defaultsOf(purpose), ...fixed });
}

function withoutKeyPrefix(connection: WatchConnection): WatchConnection {
  if (!connection.options.keyPrefix) return connection;
  connection.disconnect();
  throw new WatcherOptionError("The connection must have no keyPrefix: use the engine's prefix.");
}

/** Where a connection leads, for messages: without the user and the password. */
export function addressOf({ options }: WatchConnection): string {
  if (!("port" in options)) return "of the cluster";
  return `at ${options.path ?? `${options.host ?? "localhost"}:${options.port ?? 6379}`}`;
}
