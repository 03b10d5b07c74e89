import { isKeyFunctionError, isSyncLogApiError, isSyncLogError } from "@qontext/sync-log-client";
import type { PollState } from "@qontext/sync-log-client/wait";
import { messageOf } from "../errors.ts";
import type { WatchTarget } from "./watch-target.ts";

/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** Why a poll failed, in a form that can be stored; the client has removed the key from it. */
export interface StoredError {
  /** The error's name. */
  readonly name: string;
  /** The client's error code; null for any other error. */
  readonly code: string | null;
  /** The status of the response; null without a response. */
  readonly status: number | null;
  /** At most 500 characters. */
  readonly message: string;
}

/**
 * All that is kept of a watch between two polls, as JSON. Its times are the engine's, in
 * milliseconds since 1970.
 */
export interface WatchState extends WatchTarget, PollState {
  /** The metadata given to `watch`. */
  readonly metadata?: JsonValue;
  /** Why the latest poll failed; null after a successful one. */
  readonly lastError: StoredError | null;
  /** When it was last polled by itself and not with a list; absent until it was. */
  readonly readAloneAtMs?: number;
  /** Until when no list will do for it; absent where one will. */
  readonly aloneUntilMs?: number;
}

/** What a key function throws may quote a key that it never gave, and no client can take out. */
const keyForm = /q_sk_[^\s'",]+/gu;

/** Its message; of a key function what that threw, as a cause is not stored. */
const reasonOf = (error: Error): string =>
  isKeyFunctionError(error)
    ? `The \`apiKey\` function failed: ${messageOf(error.cause).replace(keyForm, "[redacted]")}`
    : error.message;

export function storedError(error: unknown): StoredError {
  if (!(error instanceof Error)) {
    return { name: "Error", code: null, status: null, message: "The poll failed." };
  }
  const status = isSyncLogApiError(error) ? error.status : null;
  const code = isSyncLogError(error) ? error.code : null;
  return { name: error.name, code, status, message: reasonOf(error).slice(0, 500) };
}
