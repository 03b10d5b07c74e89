import { setImmediate } from "node:timers/promises";
import { clients, type Fetch, type Read } from "./clients.ts";
import { syncLogTextFor } from "./sync-log-text.ts";
import { median } from "./measure.ts";

// A process of its own for one client, as its users have it: in one process with others each would
// meet the shapes and the garbage of all. Arguments: the client's name, how many calls at once, how
// many to measure, and the server, or nothing for a stub.

/** What one process measured, each of one call. */
export interface Sample {
  readonly wallUs: number;
  readonly cpuUs: number;
  readonly kilobytes: number;
}

/** The headers that a real answer has. */
const headers = {
  "content-type": "application/json; charset=utf-8",
  "content-length": String(Buffer.byteLength(syncLogTextFor(idOf(0)))),
  date: "Thu, 01 Jan 2026 00:00:00 GMT",
  connection: "keep-alive",
  "keep-alive": "timeout=5",
  etag: 'W/"2f1-abc"',
  vary: "Origin",
  "x-request-id": "5f0c7d1e",
};
const stub: Fetch = (input) => {
  const url = input instanceof Request ? input.url : String(input);
  return Promise.resolve(new Response(syncLogTextFor(url), { headers }));
};

const [name = "", atOnce = "1", calls = "1000", baseUrl] = process.argv.slice(2);
let count = 0;

const read = await clients[name]?.setUp(
  baseUrl ?? "https://api.qontext.ai",
  baseUrl === undefined ? stub : globalThis.fetch,
);
if (read === undefined) throw new Error(`There is no client ${JSON.stringify(name)}.`);
// Whoever fetches for real has timers of his connections. Without any, Node sets its one timer of
// the system anew with each timer of a call, which costs more than all else that a client does.
if (baseUrl === undefined) setInterval(() => undefined, 60_000);

// Until all code is compiled.
await run(read);
globalThis.gc?.();
const cpuBefore = process.cpuUsage();
const startedAtMs = performance.now();
await run(read);
const wallMs = performance.now() - startedAtMs;
const cpu = process.cpuUsage(cpuBefore);
const sample: Sample = {
  wallUs: (wallMs / Number(calls)) * 1000,
  cpuUs: (cpu.user + cpu.system) / Number(calls),
  kilobytes: await allocatedKilobytes(read),
};
process.stdout.write(JSON.stringify(sample));
// Connections and timers may still be open.
process.exit();

async function run(call: Read): Promise<void> {
  let left = Number(calls);
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await callNext(call);
      // Calls over a stub would let the event loop do nothing else, and keep what it frees.
      if (left % 50 === 0) await setImmediate();
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, work));
}

async function callNext(call: Read): Promise<void> {
  count += 1;
  await call(idOf(count));
}

/** An id of its own for each call, as long as a real one. */
function idOf(number: number): string {
  return `sync_42a17e56-b98d-4fd9-b2ce-${String(number).padStart(12, "0")}`;
}

/** Of many short turns the median, which no collection of garbage falls into. */
async function allocatedKilobytes(call: Read): Promise<number> {
  const turns: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const heapBefore = process.memoryUsage().heapUsed;
    for (let index = 0; index < 20; index += 1) await callNext(call);
    turns.push((process.memoryUsage().heapUsed - heapBefore) / 20 / 1000);
  }
  return median(turns);
}
