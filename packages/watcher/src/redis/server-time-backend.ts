import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from "bullmq";
import { WatchEngineError } from "../errors.ts";
import type { ServerClock } from "./server-clock.ts";

/**
 * Where each of BullMQ's scripts takes the time, counted over its keys and arguments together.
 * BullMQ fills it with this machine's date, and compares it with what other machines have stored:
 * a machine that is five minutes ahead polls five minutes early, and what it plans is five
 * minutes late for all others. Here the server's time takes its place.
 */
const timestampIndexByScript: Readonly<Record<string, number>> = {
  moveToActive: 12,
  moveToDelayed: 12,
  moveToFinished: 15,
  retryJob: 12,
  changeDelay: 5,
};

/** How far BullMQ's own timestamp may be from this machine's date; more means it moved. */
const toleranceMs = 60_000;

/** What the scripts that fetch a job return: its fields, its id, a rate limit's end, the next time. */
type FetchReply = [fields: unknown, id: unknown, limitMs: unknown, nextAtMs: unknown];

const fetchingScripts: ReadonlySet<string> = new Set([
  "moveToActive",
  "moveToDelayed",
  "moveToFinished",
]);

const isFetchReply = (script: string, value: unknown): value is FetchReply =>
  fetchingScripts.has(script) && Array.isArray(value) && value.length === 4;

function withServerTime(script: string, args: readonly unknown[], nowMs: number): unknown[] {
  const index = timestampIndexByScript[script];
  if (index === undefined) return [...args];
  if (!(Math.abs(Number(args[index]) - Date.now()) < toleranceMs)) {
    throw new WatchEngineError(
      `This version of bullmq passes the time to its script ${script} in another place than expected. ` +
        "Install a version that the peer dependency allows.",
    );
  }
  return args.with(index, Math.round(nowMs));
}

/** Brings what a worker compares with its own date back to that date. */
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

/** What the backend tells beside doing its work. */
export interface BackendObserver {
  rateLimited(delayMs: number): void;
}

/** BullMQ's Redis backend, with the server's time in place of the machine's. */
export function serverTimeBackend(
  clock: ServerClock,
  observer: BackendObserver,
): BackendFactory<RedisQueueBackend> {
  return (name, options, extra) => {
    const backend = createRedisBackend(name, options, extra);
    const execCommand = backend.execCommand.bind(backend);
    backend.execCommand = async (client, script, args): Promise<unknown> => {
      const reply: unknown = await execCommand(
        client,
        script,
        withServerTime(script, args, clock.nowMs()),
      );
      if (!isFetchReply(script, reply)) return reply;
      const limitMs = Number(reply[2]);
      if (limitMs > 0) observer.rateLimited(limitMs);
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
