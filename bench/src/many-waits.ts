import { createSyncLogClient, type Clock } from "@qontext/sync-log-client";
import { median, toTable, verdict } from "./measure.ts";
import { syncLogTextFor } from "./sync-log-text.ts";

const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const waitMs = 5000;

/** Many waits at once in this process: what each holds, how late its timers are, and what it costs. */
export async function measureManyWaits(): Promise<string> {
  await waitAtOnce(100);
  const rows: (string | number)[][] = [];
  for (const count of [100, 1000, 10_000]) {
    const { kilobytes, latenessMs, cpuMs, polls } = await waitAtOnce(count);
    const goals =
      count === 10_000
        ? `${verdict(kilobytes, 4, true)} kB; ${verdict(latenessMs, 50, true)} ms`
        : "";
    rows.push([
      count,
      kilobytes.toFixed(2),
      latenessMs.toFixed(1),
      polls,
      ((cpuMs / polls) * 1000).toFixed(0),
      goals,
    ]);
  }
  return toTable(
    ["waits", "kB of heap each", "ms late, median", "polls", "µs of CPU a poll", "goal"],
    rows,
  );
}

async function waitAtOnce(count: number) {
  const lateness: number[] = [];
  const clock: Clock = {
    nowMs: () => performance.now(),
    epochMs: () => Date.now(),
    setTimeout(callback, delayMs) {
      const dueAtMs = performance.now() + delayMs;
      return setTimeout(() => {
        lateness.push(performance.now() - dueAtMs);
        callback();
      }, delayMs);
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what setTimeout above gave
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout | undefined),
  };
  let polls = 0;
  const client = createSyncLogClient({
    apiKey: "q_sk_4f8a1c7d9e2b3a5f",
    clock,
    fetch(url) {
      polls += 1;
      return Promise.resolve(new Response(syncLogTextFor(url)));
    },
  });
  const controller = new AbortController();
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const cpuBefore = process.cpuUsage();
  const waits: Promise<unknown>[] = [];
  const rampMs = 1000;
  const startedAtMs = performance.now();
  while (waits.length < count) {
    // Syncs do not begin at the same moment.
    const due = Math.min(count, ((performance.now() - startedAtMs) / rampMs) * count);
    for (; waits.length < due;) {
      const id = `sync_${waits.length}`;
      const options = { signal: controller.signal, maxIntervalMs: 2000 };
      waits.push(client.waitForSyncLog({ workspaceId, id }, options).catch(() => undefined));
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  await new Promise((resolve) => {
    setTimeout(resolve, waitMs);
  });
  const cpu = process.cpuUsage(cpuBefore);
  globalThis.gc?.();
  const kilobytes = (process.memoryUsage().heapUsed - heapBefore) / count / 1000;
  controller.abort();
  await Promise.all(waits);
  return { kilobytes, latenessMs: median(lateness), cpuMs: (cpu.user + cpu.system) / 1000, polls };
}
