import { Redis } from "ioredis";

/** When a poll began, in Redis's own milliseconds. */
export interface PollBeginning {
  readonly jobId: string;
  readonly atMs: number;
}

/** When polls began, oldest first, from the stream of BullMQ's events: delays of the workers and of the network have no part in it. */
export async function pollsBegan(url: string): Promise<readonly PollBeginning[]> {
  const redis = new Redis(url);
  try {
    const entries = await redis.xrange("{sync-log}:polls:events", "-", "+");
    return entries.flatMap(([id, fields]) => {
      if (!fields.includes("active")) return [];
      const jobId = fields[fields.indexOf("jobId") + 1] ?? "";
      return [{ jobId, atMs: Number(id.split("-")[0]) }];
    });
  } finally {
    redis.disconnect();
  }
}
