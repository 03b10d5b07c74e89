import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { startServer } from "./child.ts";
import { load } from "./load.ts";

interface Line {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const mebibyte = 1024 * 1024;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function readyTime(): Promise<Line> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const start = performance.now();
    const child = spawn(process.execPath, [
      fileURLToPath(new URL("../dist/main.js", import.meta.url)),
      "--port",
      "0",
    ]);
    await once(child.stdout, "data");
    times.push(performance.now() - start);
    child.kill();
    await once(child, "close");
  }
  const ms = median(times);
  return {
    what: "ready as a process, median of 7",
    wanted: "under 1,200 ms",
    measured: `${Math.round(ms)} ms`,
    isMet: ms < 1200,
  };
}

async function throughput(): Promise<Line> {
  using prism = await startServer("prism");
  using mock = await startServer("mock");
  const rounds: { prism: number; mock: number }[] = [];
  // By turns, so that a busy machine is busy for both.
  for (let round = 0; round < 6; round++) {
    const bare = await load(prism.url, prism.path, { durationMs: 2500 });
    const own = await load(mock.url, mock.path, { durationMs: 2500 });
    if (round > 0) rounds.push({ prism: bare.perSecond, mock: own.perSecond });
  }
  const ratio = median(rounds.map((round) => round.mock / round.prism));
  const perSecond = (kind: "prism" | "mock"): string =>
    Math.round(median(rounds.map((round) => round[kind]))).toLocaleString("en");
  return {
    what: `static throughput, 10 connections: ${perSecond("mock")}/s, bare Prism ${perSecond("prism")}/s`,
    wanted: "at least 0.8 × bare Prism",
    measured: `${ratio.toFixed(2)} ×`,
    isMet: ratio >= 0.8,
  };
}

async function memory(): Promise<Line> {
  using mock = await startServer("mock");
  await load(mock.url, mock.path, { requests: 20_000 });
  const before = (await mock.ask("memory")).memory;
  const { requests } = await load(mock.url, mock.path, { requests: 200_000 });
  const after = (await mock.ask("memory")).memory;
  const rss = ((after?.rssBytes ?? 0) - (before?.rssBytes ?? 0)) / mebibyte;
  const heap = ((after?.heapBytes ?? 0) - (before?.heapBytes ?? 0)) / mebibyte;
  return {
    what: `growth of memory over ${requests.toLocaleString("en")} requests, heap ${heap.toFixed(1)} MB`,
    wanted: "at most 50 MB",
    measured: `${rss.toFixed(1)} MB resident`,
    isMet: rss <= 50 && requests >= 200_000,
  };
}

async function tenThousand(): Promise<Line> {
  using mock = await startServer("mock");
  const before = (await mock.ask("memory")).memory;
  const { syncs = [], setUpMs = Number.NaN } = await mock.ask("ten thousand");
  const after = (await mock.ask("memory")).memory;
  await new Promise((resolve) => setTimeout(resolve, 400));
  let completed = 0;
  const start = performance.now();
  for (let index = 0; index < syncs.length; index += 20) {
    const part = syncs.slice(index, index + 20).map(async (path) => {
      const response = await fetch(mock.url + path, { headers: { "X-API-Key": "q_sk_bench" } });
      if ((await response.text()).includes('"status":"completed"')) completed++;
    });
    await Promise.all(part);
  }
  const readMs = performance.now() - start;
  const heap = ((after?.heapBytes ?? 0) - (before?.heapBytes ?? 0)) / mebibyte;
  return {
    what: `10,000 syncs at once: set up in ${(setUpMs / 1000).toFixed(1)} s, each read in ${(readMs / 1000).toFixed(1)} s, ${heap.toFixed(0)} MB of heap`,
    wanted: "all complete",
    measured: `${completed.toLocaleString("en")} completed`,
    isMet: completed === 10_000,
  };
}

async function lists(): Promise<Line> {
  using mock = await startServer("mock");
  const { syncs = [] } = await mock.ask("twenty workspaces");
  const paths = syncs.slice(0, 20).map((path) => path.slice(0, path.lastIndexOf("/")));
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    for (const path of paths) {
      const { perSecond } = await load(mock.url, path, { requests: 10 });
      // The first round moves each sync through all of its states.
      if (round > 0) times.push(1000 / perSecond);
    }
  }
  const ms = median(times);
  return {
    what: "a list of 500 syncs, of 10,000 in 20 workspaces, median",
    wanted: "under 5 ms",
    measured: `${ms.toFixed(1)} ms`,
    isMet: ms < 5,
  };
}

const lines = [
  await readyTime(),
  await throughput(),
  await memory(),
  await tenThousand(),
  await lists(),
];
const table = `# What the mock costs

Measured by \`pnpm --filter @qontext/sync-log-mock bench\` on Node ${process.versions.node}, ${cpus().length} cores.

| what | wanted | measured | |
| --- | --- | --- | --- |
${lines.map(({ what, wanted, measured, isMet }) => `| ${what} | ${wanted} | ${measured} | ${isMet ? "met" : "missed"} |`).join("\n")}
`;
await writeFile(new URL("RESULTS.md", import.meta.url), table);
console.log(table);
process.exitCode = lines.every(({ isMet }) => isMet) ? 0 : 1;
