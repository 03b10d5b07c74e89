import type { Job } from "bullmq";
import type { WatchStage, WatchStatus } from "../watch/watch-status.ts";
import type { WatchConnection } from "./connect.ts";
import type { WatchQueues } from "./queues.ts";
import { statusOfOutcome, statusOfPoll } from "./read-status.ts";

const pageSize = 500;

/** The ids of a sorted set, by rising score: ids that move on meanwhile are met again, not missed. */
async function* idsByScore(connection: WatchConnection, key: string): AsyncGenerator<string[]> {
  let from = "-inf";
  for (;;) {
    const reply = await connection.zrangebyscore(
      key,
      from,
      "+inf",
      "WITHSCORES",
      "LIMIT",
      0,
      pageSize,
    );
    const ids = reply.filter((_entry, index) => index % 2 === 0);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
    const last = reply.at(-1) ?? "-inf";
    // Scores of one page may all be equal only where more share one than a page holds.
    from = last === from ? `(${last}` : last;
  }
}

async function* idsOfList(connection: WatchConnection, key: string): AsyncGenerator<string[]> {
  for (let start = 0; ; start += pageSize) {
    const ids = await connection.lrange(key, start, start + pageSize - 1);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
  }
}

interface Source<JobType> {
  readonly stage: WatchStage;
  readonly pages: () => AsyncGenerator<string[]>;
  readonly jobOf: (id: string) => Promise<JobType | undefined>;
  readonly statusOf: (job: JobType, stage: WatchStage) => WatchStatus;
}

async function* readSource<JobType>(
  source: Source<JobType>,
  met: Set<string>,
): AsyncGenerator<WatchStatus> {
  for await (const page of source.pages()) {
    const unmet = page.filter((id) => !met.has(id));
    const jobs = await Promise.all(unmet.map((id) => source.jobOf(id)));
    for (const [index, job] of jobs.entries()) {
      const id = unmet[index];
      if (job === undefined || id === undefined || met.has(id)) continue;
      met.add(id);
      yield source.statusOf(job, source.stage);
    }
  }
}

/**
 * Every watch once, in the order in which watches move, so that one that moves during the reading
 * is found further on; the polls in hand are read again at the end of theirs.
 */
export async function* listWatches(
  queues: WatchQueues,
  connection: WatchConnection,
  stage: WatchStage | undefined,
): AsyncGenerator<WatchStatus> {
  const { polls, outcomes } = queues;
  const fromPolls = (
    stageOfSource: WatchStage,
    pages: () => AsyncGenerator<string[]>,
  ): Source<Job> => ({
    stage: stageOfSource,
    pages,
    jobOf: (id) => polls.getJob(id),
    statusOf: statusOfPoll,
  });
  const fromOutcomes = (
    stageOfSource: WatchStage,
    pages: () => AsyncGenerator<string[]>,
  ): Source<Job> => ({
    stage: stageOfSource,
    pages,
    jobOf: (id) => outcomes.getJob(id),
    statusOf: statusOfOutcome,
  });
  const waiting = fromPolls("waiting", () => idsOfList(connection, polls.toKey("wait")));
  const polling = fromPolls("polling", () => idsOfList(connection, polls.toKey("active")));
  const sources: readonly Source<Job>[] = [
    fromPolls("waiting", () => idsByScore(connection, polls.toKey("delayed"))),
    waiting,
    polling,
    waiting,
    polling,
    fromPolls("parked", () => idsByScore(connection, polls.toKey("failed"))),
    fromOutcomes("delivering", () => idsOfList(connection, outcomes.toKey("wait"))),
    fromOutcomes("delivering", () => idsOfList(connection, outcomes.toKey("active"))),
    fromOutcomes("retrying", () => idsByScore(connection, outcomes.toKey("delayed"))),
    fromOutcomes("parked", () => idsByScore(connection, outcomes.toKey("failed"))),
    fromOutcomes("delivered", () => idsByScore(connection, outcomes.toKey("completed"))),
  ];
  const met = new Set<string>();
  for (const source of sources) {
    if (stage === undefined || stage === source.stage) yield* readSource(source, met);
  }
}
