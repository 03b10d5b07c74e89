import type { Job } from "bullmq";
import type { WatchQueues } from "./queues.ts";

const pageSize = 200;

/** False where somebody else was faster. */
async function retried(job: Job): Promise<boolean> {
  if (!(await job.isFailed())) return false;
  try {
    await job.retry("failed", { resetAttemptsMade: true });
    return true;
  } catch (error) {
    if (await job.isFailed()) throw error;
    return false;
  }
}

/** Delivers what is parked anew, with all its attempts; resolves to how many. */
export async function redriveParked(queues: WatchQueues, key: string | undefined): Promise<number> {
  let count = 0;
  for (const queue of [queues.outcomes, queues.polls]) {
    if (key !== undefined) {
      const job = await queue.getJob(key);
      if (job !== undefined && (await retried(job))) count++;
      continue;
    }
    // Each one leaves the set, so that the first page is always the next one.
    for (;;) {
      const page = await queue.getFailed(0, pageSize - 1);
      const done = await Promise.all(page.map((job) => retried(job)));
      const moved = done.filter(Boolean).length;
      count += moved;
      if (moved === 0) break;
    }
  }
  return count;
}
