import { createCases, type Fetch } from "./cases.ts";
import { median, shuffled, toTable, verdict } from "./measure.ts";
import { syncLogText } from "./sync-log-text.ts";

/** Short turns, and many of them: what slows the machine down for a moment then meets all alike. */
const rounds = 400;
const warmUpRounds = 80;
const callsPerRound = 100;

/** The headers that a real answer has. */
const headers = {
  "content-type": "application/json; charset=utf-8",
  "content-length": String(Buffer.byteLength(syncLogText)),
  date: "Thu, 01 Jan 2026 00:00:00 GMT",
  connection: "keep-alive",
  "keep-alive": "timeout=5",
  etag: 'W/"2f1-abc"',
  vary: "Origin",
  "x-request-id": "5f0c7d1e",
};

const stub: Fetch = () => Promise.resolve(new Response(syncLogText, { headers }));

/** One call over a stubbed fetch: the clients take turns, round by round. */
export async function measureOneCall(): Promise<string> {
  const cases = createCases("https://api.qontext.ai", stub);
  // Whoever fetches for real has timers of his connections. Without any, Node sets its one timer of
  // the system anew with each timer of a call, which costs more than all else that a client does.
  const idle = setInterval(() => undefined, 60_000).unref();
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  const bytes = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    if (round % 20 === 0) globalThis.gc?.();
    for (const { name, call } of shuffled(cases)) {
      const heapBefore = process.memoryUsage().heapUsed;
      const startedAtMs = performance.now();
      for (let index = 0; index < callsPerRound; index += 1) await call();
      const passedMs = performance.now() - startedAtMs;
      const allocated = process.memoryUsage().heapUsed - heapBefore;
      // The first rounds run code that is not compiled yet.
      if (round < warmUpRounds) continue;
      times.get(name)?.push((passedMs / callsPerRound) * 1000);
      bytes.get(name)?.push(allocated / callsPerRound / 1000);
    }
  }
  clearInterval(idle);
  const rawTimes = times.get("raw fetch") ?? [];
  const rows = cases.map(({ name, isResilient }) => {
    const mine = times.get(name) ?? [];
    // Of each round the ratio: what slows the machine down slows both.
    const ratio = median(mine.map((time, round) => time / (rawTimes[round] ?? Number.NaN)));
    const kilobytes = median(bytes.get(name) ?? []);
    const goals = name.startsWith("@qontext")
      ? `${verdict(ratio, 1.35, true)}; ${verdict(kilobytes, 18, true)} kB`
      : "";
    return [
      name,
      isResilient ? "yes" : "no",
      median(mine).toFixed(1),
      ratio.toFixed(2),
      kilobytes.toFixed(1),
      goals,
    ];
  });
  return toTable(
    ["client", "times out and retries", "µs", "of raw fetch", "kB allocated", "goal"],
    rows,
  );
}
