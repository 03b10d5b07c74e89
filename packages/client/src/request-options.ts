import type { RulesOf } from "./check-options.ts";
import {
  defaultRetry,
  type ResolvedRetryPolicy,
  resolveRetryPolicy,
  type RetryPolicy,
  retryRules,
} from "./retry/retry-options.ts";
import type { RequestHeaders } from "./transport/check-headers.ts";
import type { FetchOptions } from "./transport/fetch-options.ts";

/** Options of one call. What is left out is as the client has it. */
export interface RequestOptions {
  /**
   * Rejects the call at once with the signal's own reason, at any stage, and no further request is
   * sent. One signal may serve any number of calls: no listener stays on it.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one request may take, its body included, in milliseconds. Then it is retried, if
   * `retry` allows, or rejected with a `RequestTimeoutError`.
   * @default the client's
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long the call may take with all its requests and the waits between them, in milliseconds.
   * Then it is rejected with a `DeadlineExceededError`; a retry that could not begin in time is not
   * waited for.
   * @default the client's
   */
  readonly deadlineMs?: number | undefined;
  /**
   * When to send a failed request again. What an object leaves out is as the client has it.
   * @default the client's
   */
  readonly retry?: RetryPolicy | undefined;
  /**
   * Headers to add to those of the client, or to put in their place. `X-API-Key` is refused: the
   * key is an option of the client.
   */
  readonly headers?: RequestHeaders | undefined;
  /** Options for `fetch`, to add to those of the client or to put in their place. */
  readonly fetchOptions?: FetchOptions | undefined;
  /** Internal: tells a poll of the headers, which the body of a success alone does not have. */
  readonly [onAnswer]?:
    | ((answer: { readonly headers: Headers; readonly text: string }) => void)
    | undefined;
  /** Internal: of a list that takes the place of polls no more is read than it is worth. */
  readonly [maxBytes]?: number | undefined;
}

/** The same in every copy of this package, so that polls of another copy are told, too. */
export const onAnswer: unique symbol = Symbol.for("@qontext/sync-log-client/on-answer");

/** Like {@link onAnswer}. */
export const maxBytes: unique symbol = Symbol.for("@qontext/sync-log-client/max-bytes");

/** What the options of a call have to be. */
export const requestRules: RulesOf<RequestOptions> = {
  signal: ["addEventListener", "throwIfAborted"],
  timeoutMs: 1,
  deadlineMs: 1,
  ...retryRules,
  headers: "an object or pairs",
  fetchOptions: "an object",
};

/** How long a call may take, and what is sent again. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: ResolvedRetryPolicy;
}

const defaultLimits: CallLimits = { timeoutMs: 30_000, deadlineMs: Infinity, retry: defaultRetry };

/** The limits that are asked for, and those of the client in place of others. */
export function resolveCallLimits(
  { timeoutMs, deadlineMs, retry }: Pick<RequestOptions, "timeoutMs" | "deadlineMs" | "retry">,
  base: CallLimits = defaultLimits,
): CallLimits {
  if (timeoutMs === undefined && deadlineMs === undefined && retry === undefined) return base;
  return {
    timeoutMs: timeoutMs ?? base.timeoutMs,
    deadlineMs: deadlineMs ?? base.deadlineMs,
    retry: resolveRetryPolicy(retry, base.retry),
  };
}
