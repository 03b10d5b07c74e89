import type { SyncLog } from "@qontext/sync-log-schema";
import type { GetSyncLogParams, ListSyncLogsParams } from "../generated/methods.ts";
import { isFromHook } from "../hooks.ts";
import { maxBytes, onAnswer, type RequestOptions } from "../request-options.ts";
import {
  isAuthenticationError,
  isDeadlineExceededError,
  isKeyFunctionError,
  isNotFoundError,
  isSyncLogError,
} from "../errors/guards.ts";
import { isRetryable } from "../retry/decide-retry.ts";
import { keyDigest, type KeyHolder, withoutKeys } from "../secrets/redactor.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";

/** What a poll that failed means for a wait. */
export interface PollFailure {
  /**
   * - `transient`: the next poll may succeed: what is retryable, a deadline of the poll's own, and a
   *   function for the key that threw
   * - `not_found`: 404: absent, or not there yet
   * - `unauthorized`: 401: the same for every wait with this API key
   * - `refused`: everything else: another poll would not change it
   */
  readonly kind: "transient" | "not_found" | "unauthorized" | "refused";
  /** How long the server asked to wait, in milliseconds; null where it did not. */
  readonly retryAfterMs: number | null;
}

/** What one poll brought. */
export type PollResult =
  | {
      readonly kind: "log";
      readonly syncLog: SyncLog;
      /** How long the server asked to wait, in milliseconds; null where it did not. */
      readonly retryAfterMs: number | null;
      /** About as many bytes, after decompression; absent where nobody says. */
      readonly bytes?: number;
    }
  | PollFailure;

/** What polls read with: a client, or any other object with its method. */
export interface SyncLogSource {
  readonly getSyncLog: (params: GetSyncLogParams, options?: RequestOptions) => Promise<SyncLog>;
}

/** What lists are read with: a client, or any other object with its method. */
export interface SyncLogListSource {
  readonly listSyncLogs: (
    params: ListSyncLogsParams,
    options?: RequestOptions,
  ) => Promise<readonly SyncLog[]>;
}

/** A list that was read for polls, and how large it was. */
export interface ListForPoll {
  readonly syncLogs: readonly SyncLog[];
  /** About as many bytes, after decompression; null where the object does not say. */
  readonly bytes: number | null;
  /** How old it is by its `Age`, in milliseconds; 0 where the server does not say. */
  readonly ageMs: number;
  /** How long the server asked to wait, in milliseconds; null where it did not. */
  readonly retryAfterMs: number | null;
}

/**
 * Reads the sync logs of a workspace for the polls of several, through a client of this or another copy of the package. What
 * is larger than `mostBytes` is refused while it arrives. Rejects with what the client's method rejects with.
 */
export async function listForPoll(
  client: SyncLogListSource,
  params: ListSyncLogsParams,
  options: RequestOptions,
  mostBytes: number,
): Promise<ListForPoll> {
  let told: Omit<ListForPoll, "syncLogs"> = { bytes: null, ageMs: 0, retryAfterMs: null };
  const syncLogs = await client.listSyncLogs(params, {
    ...options,
    [maxBytes]: mostBytes,
    [onAnswer]: ({ text, headers }) => {
      const ageMs = Number(headers.get("age")) * 1000;
      told = { bytes: text.length, ageMs, retryAfterMs: parseRetryAfter(headers, Date.now()) };
    },
  });
  return { syncLogs, ...told };
}

/** The result of a poll that brought a sync log. */
export function pollSuccess(syncLog: SyncLog, retryAfterMs: number | null = null): PollResult {
  return { kind: "log", syncLog, retryAfterMs };
}

/**
 * Reads a sync log for a poll through a client, of this or another copy of the package, and what its
 * server asks to wait with it. Rejects with what the client's method rejects with.
 */
export async function readForPoll(
  client: SyncLogSource,
  params: GetSyncLogParams,
  options: RequestOptions,
): Promise<PollResult> {
  let retryAfterMs: number | null = null;
  let bytes = 0;
  const syncLog = await client.getSyncLog(params, {
    ...options,
    [onAnswer]: ({ headers, text }) => {
      retryAfterMs = parseRetryAfter(headers, Date.now());
      bytes = text.length;
    },
  });
  return { kind: "log", syncLog, retryAfterMs, bytes };
}

/**
 * What takes the keys of a client, of this or another copy of the package, out of values; a value
 * without a key stays as it is. Any other object with the method has no keys to take out.
 */
export function redactionOf(client: SyncLogSource & KeyHolder): <Value>(value: Value) => Value {
  return client[withoutKeys] ?? ((value) => value);
}

/**
 * What `digest` makes of the key that the next request of a client carries; null for an object that has
 * no key to tell of. Rejects where there is no key to be had. Once `signal` aborts, the next request asks anew for the key,
 * and nobody should wait for this one.
 */
export async function keyDigestOf(
  client: SyncLogSource & KeyHolder,
  digest: (key: string) => string,
  signal: AbortSignal,
): Promise<string | null> {
  return (await client[keyDigest]?.(digest, signal)) ?? null;
}

/** The result of a poll that failed with this error. */
export function pollFailure(error: unknown): PollFailure {
  return { kind: kindOf(error), retryAfterMs: isSyncLogError(error) ? error.retryAfterMs : null };
}

function kindOf(error: unknown): PollFailure["kind"] {
  if (!isSyncLogError(error) || isFromHook(error)) return "refused";
  if (isAuthenticationError(error)) return "unauthorized";
  if (isNotFoundError(error)) return "not_found";
  const mayPass =
    isRetryable(error, "GET") || isDeadlineExceededError(error) || isKeyFunctionError(error);
  return mayPass ? "transient" : "refused";
}
