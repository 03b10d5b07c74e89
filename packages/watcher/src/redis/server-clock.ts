import type { WatchConnection } from "./connect.ts";

/** The Redis server's time, the one time that all machines share. */
export interface ServerClock {
  /** The server's milliseconds since 1970, as far as known. Never reads this machine's date. */
  readonly nowMs: () => number;
  /** Asks the server; call it before the first `nowMs`. */
  sync(): Promise<void>;
  stop(): void;
}

/** Long enough to cost nothing, short enough that a drift of 100 ppm stays below 3 ms. */
const resyncEveryMs = 30_000;

const samplesPerSync = 3;

/** Takes the time from `TIME`, and counts on from there with the process's monotonic clock. */
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
      // While Redis is away the last known difference is as good as any.
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
