// pnpm bench:watcher: writes RESULTS.md, which PLANNING.md takes its figures from.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { BenchSync } from "./bench-protocol.ts";
import { countSingleWaits } from "./count-single-waits.ts";
import { measureThroughput, type Throughput } from "./measure-throughput.ts";
import { renderResults } from "./render-results.ts";
import { runSyncs } from "./run-syncs.ts";

const { values } = parseArgs({
  options: {
    syncs: { type: "string", default: "10000" },
    rate: { type: "string", default: "500" },
    out: { type: "string", default: "RESULTS.md" },
  },
});
const count = Number(values.syncs);
const ratePerSecond = Number(values.rate);

/** The same syncs in every run: they end evenly spread between 20 and 80 seconds. */
const syncs: BenchSync[] = Array.from({ length: count }, (_, n) => ({
  id: `sync_00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`,
  endsAfterMs: 20_000 + ((n * 7919) % count) * (60_000 / count),
}));

const loadBefore = loadavg()[0] ?? 0;
console.log(`${count} syncs over 3 workers at ${ratePerSecond} polls/s …`);
const run = { syncs, workers: 3, ratePerSecond };
const whole = await runSyncs({ ...run, killHalfWay: false });
console.log(`  ${whole.polls} polls in ${whole.tookS.toFixed(1)} s, ${whole.lost} lost`);
console.log("The same, with one worker killed half way …");
const killed = await runSyncs({ ...run, killHalfWay: true });
console.log(`  ${killed.lost} lost, ${killed.duplicates} delivered twice`);
const throughputs: Throughput[] = [];
for (const workers of [1, 2, 4]) {
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
  whole,
  killed,
  throughputs,
  requestsPerWait,
  machine,
});
writeFileSync(new URL(values.out, import.meta.url), text);
console.log(text);
