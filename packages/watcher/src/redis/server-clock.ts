import type { WatchConnection } from "./connect.ts";

/** The time of the Redis server, which all machines share. */
export interface ServerClock {
  /** The server's time in milliseconds since 1970; does not depend on this machine's date. */
  readonly nowMs: () => number;
  /** Reads the server's time; needed before the first `nowMs`. */
  sync(): Promise<void>;
  stop(): void;
}

/** Costs nothing, and keeps a drift of 100 ppm at 3 ms. */
const resyncEveryMs = 30_000;

const samplesPerSync = 3;

/** Reads `TIME` now and then, and follows the monotonic clock of this process in between. */
export function createServerClock(connection: WatchConnection): ServerClock {
  let serverMs = 0;
  let readAtMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const sync = async (): Promise<void> => {
    let shortestMs = Infinity;
    for (let sample = 0; sample < samplesPerSync; sample++) {
      const sentMs = performance.now();
      const [seconds, micros] = await connection.time();
      const receivedMs = performance.now();
      if (receivedMs - sentMs >= shortestMs) continue;
      shortestMs = receivedMs - sentMs;
      serverMs = Number(seconds) * 1000 + Number(micros) / 1000;
      readAtMs = (sentMs + receivedMs) / 2;
    }
    timer ??= setInterval(() => {
      // While Redis is unreachable, the last known difference is good enough.
      sync().catch(() => undefined);
    }, resyncEveryMs);
    timer.unref();
  };

  return {
    nowMs: () => {
      if (readAtMs === null) throw new Error("The server's clock was read before it was synced.");
      return serverMs + (performance.now() - readAtMs);
    },
    sync,
    stop: () => clearInterval(timer),
  };
}
