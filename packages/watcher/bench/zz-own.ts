import { runSyncs } from "./run-syncs.ts";
const [polls = "auto", perWs = "1"] = process.argv.slice(2);
const count = 1000;
const hex = (value: number): string => value.toString(16).padStart(12, "0");
const syncs = Array.from({ length: count }, (_, n) => ({
  workspaceId: `ws_00000000-0000-4000-8000-${hex(Math.floor(n / Number(perWs)))}`,
  id: `sync_00000000-0000-4000-8000-${hex(n)}`,
  endsAfterMs: 20_000 + ((n * 7919) % count) * (60_000 / count),
}));
const r = await runSyncs({ syncs, workers: 3, ratePerSecond: 50, killHalfWay: false, polls: polls as "auto" });
const l = r.latenciesMs.toSorted((a, b) => a - b);
console.log(polls, perWs, { pollsPer: r.polls / count, lists: r.lists, commands: r.cost.commands / count, perPoll: r.cost.commands / r.polls, calls: r.cost.calls / count, bytes: (r.cost.bytesIn + r.cost.bytesOut) / count, cpu: r.cost.cpuS, median: l[500], p99: l[990], tookS: r.tookS, lost: r.lost, dup: r.duplicates });
