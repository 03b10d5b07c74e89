// pnpm bench:watcher: writes RESULTS.md, which PLANNING.md takes its figures from.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { BenchSync } from "./bench-protocol.ts";
import { countSingleWaits } from "./count-single-waits.ts";
import { measureThroughput, type Throughput } from "./measure-throughput.ts";
import { renderResults } from "./render-results.ts";
import { runSyncs, type SyncsResult, type SyncsRun } from "./run-syncs.ts";

const { values } = parseArgs({
  options: {
    syncs: { type: "string", default: "10000" },
    workspaces: { type: "string", default: "20" },
    rate: { type: "string", default: "500" },
    // Without what is measured of workers alone.
    short: { type: "boolean", default: false },
    out: { type: "string", default: "RESULTS.md" },
  },
});
const count = Number(values.syncs);
const ratePerSecond = Number(values.rate);
const workspaces = Number(values.workspaces);
const hex = (value: number): string => value.toString(16).padStart(12, "0");

/** The same syncs in every run: they end evenly spread between 20 and 80 seconds. */
const syncsIn = (spread: number): BenchSync[] =>
  Array.from({ length: count }, (_, n) => ({
    workspaceId: `ws_00000000-0000-4000-8000-${hex(n % spread)}`,
    id: `sync_00000000-0000-4000-8000-${hex(n)}`,
    endsAfterMs: 20_000 + ((n * 7919) % count) * (60_000 / count),
  }));

const loadBefore = loadavg()[0] ?? 0;
console.log(`${count} syncs over 3 workers at ${ratePerSecond} requests/s …`);
const syncs = syncsIn(workspaces);
const rest = { workers: 3, ratePerSecond };
const runs: Record<string, SyncsRun> = {
  lists: { ...rest, syncs, killHalfWay: false },
  "lists, one worker killed half way": { ...rest, syncs, killHalfWay: true },
  '`polls: "single"`': { ...rest, syncs, killHalfWay: false, polls: "single" },
  "a workspace for each": { ...rest, syncs: syncsIn(count), killHalfWay: false },
};
const results: Record<string, SyncsResult> = {};
for (const [name, run] of Object.entries(runs)) {
  console.log(`${name} …`);
  const result = await runSyncs(run);
  results[name] = result;
  const { polls, lists, tookS, lost, duplicates } = result;
  console.log(
    `  ${polls} polls, ${lists} lists in ${tookS.toFixed(1)} s; ${lost} lost, ${duplicates} twice`,
  );
}
const throughputs: Throughput[] = [];
for (const workers of values.short ? [] : [1, 2, 4]) {
  console.log(`As fast as ${workers} workers can …`);
  throughputs.push(await measureThroughput(workers));
}
console.log("What one waitForSyncLog for each sync would send …");
const every = Math.max(1, Math.floor(count / 200));
const requestsPerWait = await countSingleWaits(syncs.filter((_sync, n) => n % every === 0));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, load ${loadBefore.toFixed(1)} before the run and ${(loadavg()[0] ?? 0).toFixed(1)} after it`;
const text = renderResults({
  count,
  ratePerSecond,
  workspaces,
  results,
  throughputs,
  requestsPerWait,
  machine,
});
writeFileSync(new URL(values.out, import.meta.url), text);
console.log(text);
