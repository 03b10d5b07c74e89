import type { BackendFactory, RedisQueueBackend } from "bullmq";
import { WatchEngineError } from "../errors.ts";
import type { ServerClock } from "./server-clock.ts";
import { type FetchReply, isFetchReply, soundBackend } from "./sound-backend.ts";

/**
 * The index of the time among the keys and arguments of BullMQ's scripts. BullMQ passes this
 * machine's date and compares it with times from other machines: a machine five minutes ahead polls
 * five minutes early, and what it schedules is five minutes late for the others. The server's time
 * replaces it here.
 */
export const timestampIndexByScript: Readonly<Record<string, number>> = {
  moveToActive: 12,
  moveToDelayed: 12,
  moveToFinished: 15,
  retryJob: 12,
  changeDelay: 5,
};

/** A larger difference to this machine's date means that the index is not that of the time. */
const toleranceMs = 60_000;

function withServerTime(script: string, args: readonly unknown[], nowMs: number): unknown[] {
  const index = timestampIndexByScript[script];
  if (index === undefined) return [...args];
  if (!(Math.abs(Number(args[index]) - Date.now()) < toleranceMs)) {
    throw new WatchEngineError(
      `This version of bullmq passes other arguments to its script ${script} than expected. ` +
        "Install a version that the peer dependency allows.",
    );
  }
  return args.with(index, Math.round(nowMs));
}

/** Converts the times that a worker compares with this machine's date. */
function withLocalTime(reply: FetchReply, nowMs: number): FetchReply {
  const [fields, id, limitMs, nextAtMs] = reply;
  const aheadMs = Date.now() - Math.round(nowMs);
  const local =
    typeof nextAtMs === "number" && nextAtMs > 0 ? Math.max(1, nextAtMs + aheadMs) : nextAtMs;
  if (!Array.isArray(fields)) return [fields, id, limitMs, local];
  const at = fields.indexOf("processedOn");
  const moved = at === -1 ? fields : fields.with(at + 1, String(Date.now()));
  return [moved, id, limitMs, local];
}

/** BullMQ's Redis backend on the server's time; calls `onRateLimited` when the limiter delays jobs. */
export function serverTimeBackend(
  clock: ServerClock,
  onRateLimited: (delayMs: number) => void = () => undefined,
): BackendFactory<RedisQueueBackend> {
  return (name, options, extra) => {
    const backend = soundBackend(name, options, extra);
    const execCommand = backend.execCommand.bind(backend);
    backend.execCommand = async (client, script, args): Promise<unknown> => {
      const reply: unknown = await execCommand(
        client,
        script,
        withServerTime(script, args, clock.nowMs()),
      );
      if (!isFetchReply(script, reply)) return reply;
      const limitMs = Number(reply[2]);
      if (limitMs > 0) onRateLimited(limitMs);
      return withLocalTime(reply, clock.nowMs());
    };
    const waitForJob = backend.waitForJob.bind(backend);
    backend.waitForJob = async (blockTimeoutS) => {
      const marker = await waitForJob(blockTimeoutS);
      if (marker === null || !(marker.score > 0)) return marker;
      const aheadMs = Date.now() - Math.round(clock.nowMs());
      return { ...marker, score: Math.max(1, marker.score + aheadMs) };
    };
    return backend;
  };
}
