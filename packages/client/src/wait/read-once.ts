import type { SyncLog } from "@qontext/sync-log-schema";
import type { Clock } from "../clock.ts";
import { isSyncLogError } from "../errors/guards.ts";
import type { LogLevel, SafeLogger } from "../logger.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import type { Answer } from "../transport/transport.ts";
import { pollFailure, type PollResult, pollSuccess } from "./poll-result.ts";

/** Reads the sync log once. */
export type Poll = (signal: AbortSignal) => Promise<Answer>;

/** How a poll went. */
export interface PollRun {
  readonly result: PollResult;
  /** The sync log as it was sent; null where the poll failed. */
  readonly sent: string | null;
  /** What it failed with; undefined where it did not. */
  readonly failure: unknown;
}

/** Polls, and never rejects. */
export async function readOnce(poll: Poll, signal: AbortSignal, clock: Clock): Promise<PollRun> {
  try {
    const { data, headers, text } = await poll(signal);
    const retryAfterMs = parseRetryAfter(headers, clock.epochMs());
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body is what the document says; `validate` checks it
    const result = pollSuccess(data as SyncLog, retryAfterMs);
    return { result, sent: text, failure: undefined };
  } catch (failure) {
    return { result: pollFailure(failure), sent: null, failure };
  }
}

/** Tells the logger of a failure that is not the caller's to know. */
export function logFailure(
  logger: SafeLogger | undefined,
  level: LogLevel,
  what: string,
  failure: unknown,
): void {
  if (!isSyncLogError(failure)) return;
  const { message, code } = failure;
  logger?.(level, `${what}: ${message}`, { code });
}
