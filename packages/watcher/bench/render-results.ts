import type { Throughput } from "./measure-throughput.ts";
import type { SyncsResult } from "./run-syncs.ts";

/** All that was measured. */
export interface BenchResults {
  readonly count: number;
  readonly ratePerSecond: number;
  readonly workspaces: number;
  readonly results: Readonly<Record<string, SyncsResult>>;
  readonly throughputs: readonly Throughput[];
  readonly requestsPerWait: number;
  readonly machine: string;
}

/** The value below which that part of the sorted values lies. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const seconds = (valueMs: number): string => `${(valueMs / 1000).toFixed(1)} s`;
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

function syncsColumn(count: number, result: SyncsResult): readonly string[] {
  const { cost, latenciesMs, polls, lists } = result;
  return [
    seconds(quantile(latenciesMs, 0.5)),
    seconds(quantile(latenciesMs, 0.99)),
    whole(polls),
    whole(lists),
    whole((polls + lists) / result.tookS),
    ((polls + lists) / count).toFixed(2),
    whole(cost.commands / count),
    whole(cost.calls / count),
    whole((cost.bytesIn + cost.bytesOut) / count),
    whole(result.bytesPerWaiting),
    whole(result.addedPerSecond),
    String(result.lost),
    String(result.duplicates),
  ];
}

const syncsRows = [
  "terminal to outcome, median",
  "terminal to outcome, 99th percentile",
  "polls by themselves",
  "lists",
  "requests/s, on average",
  "requests for each watch",
  "Redis commands for each watch, those inside scripts included",
  "Redis calls over the network for each watch",
  "bytes to and from Redis for each watch",
  "Redis memory for each waiting watch, bytes",
  "watches added per second, by one process",
  "outcomes lost",
  "outcomes delivered twice",
];

function workersTable(rows: readonly string[]): string {
  return `## Workers, without a rate limit and without lists

2,000 watches polled as fast as it goes, against an API that costs next to nothing.

| workers | polls/s | Redis commands for each poll | calls over the network | bytes | worker CPU, ms | Redis CPU, ms | Redis bytes for each watch |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}

/** The tables of RESULTS.md. */
export function renderResults(results: BenchResults): string {
  const { count, ratePerSecond, throughputs, requestsPerWait, machine, workspaces } = results;
  const names = Object.keys(results.results);
  const columns = Object.values(results.results).map((result) => syncsColumn(count, result));
  const rows = syncsRows.map(
    (name, index) => `| ${[name, ...columns.map((column) => column[index] ?? "")].join(" | ")} |`,
  );
  const scaling = throughputs.map((one) =>
    [
      "",
      String(one.workers),
      whole(one.pollsPerSecond),
      one.commandsPerPoll.toFixed(1),
      one.callsPerPoll.toFixed(1),
      whole(one.bytesPerPoll),
      one.workerCpuMsPerPoll.toFixed(2),
      one.redisCpuMsPerPoll.toFixed(2),
      whole(one.redisBytesPerWatch),
      "",
    ]
      .join(" | ")
      .trim(),
  );
  return `# What the watcher costs

Written by \`pnpm bench:watcher\`. ${machine}. Redis (append-only file, fsync every second), the API, and the
workers share these cores.

## ${whole(count)} syncs over 3 worker processes, ${whole(ratePerSecond)} requests/s in all

The syncs end evenly spread between 20 and 80 seconds after the start, in ${workspaces} workspaces; in the last column each has a workspace
of its own. The API answers from texts that were made before, in a process of its own: a mock that checks requests and makes
each answer anew would be what is measured, on these cores. The target with lists: 1.2 requests and 60 Redis commands for each
watch, 1.5 s in the median and 3 s in the 99th percentile, none lost.

| | ${names.join(" | ")} |
| --- |${" ---: |".repeat(names.length)}
${rows.join("\n")}

One \`waitForSyncLog\` for each sync, in virtual time and without a rate limit, would send ${requestsPerWait.toFixed(1)} requests for each.

${throughputs.length === 0 ? "" : workersTable(scaling)}`;
}
