import type { Throughput } from "./measure-throughput.ts";
import type { SyncsResult } from "./run-syncs.ts";

/** All that was measured. */
export interface BenchResults {
  readonly count: number;
  readonly ratePerSecond: number;
  readonly whole: SyncsResult;
  readonly killed: SyncsResult;
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

function syncsColumn(results: BenchResults, result: SyncsResult): readonly string[] {
  const { cost, latenciesMs, polls } = result;
  const { count } = results;
  return [
    seconds(quantile(latenciesMs, 0.5)),
    seconds(quantile(latenciesMs, 0.99)),
    whole(polls),
    whole(polls / result.tookS),
    (polls / count).toFixed(1),
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
  "polls",
  "polls/s, on average",
  "polls for each watch",
  "Redis commands for each watch, those inside scripts included",
  "Redis calls over the network for each watch",
  "bytes to and from Redis for each watch",
  "Redis memory for each waiting watch, bytes",
  "watches added per second, by one process",
  "outcomes lost",
  "outcomes delivered twice",
];

/** What has to be said where the processes did not come to the rate. */
function shortfall({ whole: run, killed, ratePerSecond }: BenchResults): string {
  const slowest = Math.min(...[run, killed].map(({ polls, tookS }) => polls / tookS));
  if (slowest > ratePerSecond * 0.8) return "";
  return `
**The rate was not reached**: other work on the machine left the workers, Redis and the mock, which answers every poll, less
CPU time than ${ratePerSecond} polls/s take. The times below are those of the rate that was reached.
`;
}

/** The tables of RESULTS.md. */
export function renderResults(results: BenchResults): string {
  const { count, ratePerSecond, throughputs, requestsPerWait, machine } = results;
  const undisturbed = syncsColumn(results, results.whole);
  const killed = syncsColumn(results, results.killed);
  const rows = syncsRows.map(
    (name, index) => `| ${name} | ${undisturbed[index] ?? ""} | ${killed[index] ?? ""} |`,
  );
  const perWatch = results.whole.polls / count;
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

Written by \`pnpm bench:watcher\`. ${machine}. Redis (append-only file, fsync every second), the mock, and the
workers share these cores.

## ${whole(count)} syncs of the mock over 3 worker processes, ${whole(ratePerSecond)} polls/s in all

The syncs end evenly spread between 20 and 80 seconds after the start. At that rate one round over all of them takes
${(count / ratePerSecond).toFixed(0)} s, which is what the time from terminal to outcome is made of.
${shortfall(results)}
| | undisturbed | one worker killed half way |
| --- | ---: | ---: |
${rows.join("\n")}

One \`waitForSyncLog\` for each sync, in virtual time and without a rate limit, would send ${requestsPerWait.toFixed(1)} requests for each;
the watcher has sent ${perWatch.toFixed(1)}: ${((perWatch / requestsPerWait) * 100).toFixed(0)} %.

## Workers, without a rate limit

2,000 watches polled as fast as it goes, against an API that costs next to nothing.

| workers | polls/s | Redis commands for each poll | calls over the network | bytes | worker CPU, ms | Redis CPU, ms | Redis bytes for each watch |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${scaling.join("\n")}
`;
}
