import type { RulesOf } from "./check-options.ts";
import type { Clock } from "./clock.ts";
import { type ClientHooks, hookRules } from "./hooks.ts";
import type { Logger } from "./logger.ts";
import { type RetryPolicy, retryRules } from "./retry/retry-options.ts";
import type { ApiKey } from "./secrets/key-source.ts";
import type { RequestHeaders } from "./transport/check-headers.ts";
import type { ValidateOption } from "./validation.ts";
import type { FetchOptions } from "./transport/fetch-options.ts";
import type { Fetch } from "./transport/transport.ts";

/** Options of a client. */
export interface SyncLogClientOptions {
  /**
   * The API key of the workspace (`q_sk_…`), or a function that gives it. The function is asked
   * when the first request needs the key, and once more in each call that is answered with 401, so
   * that a rotated key is picked up.
   *
   * The client never shows a key: not when it is inspected or serialized, and not in an error or a
   * log, even where the server sends it back.
   * @default the environment variable `QONTEXT_API_KEY`
   */
  readonly apiKey?: ApiKey | undefined;
  /**
   * Where the API is: a server, and a path where there is one before the API's own. `http://` is
   * refused except for this machine (`localhost`, `127.0.0.1`, `[::1]`), since the key would travel
   * in clear; `dangerouslyAllowHttp` allows it.
   * @default the environment variable `QONTEXT_BASE_URL`, or `https://api.qontext.ai`
   */
  readonly baseUrl?: string | undefined;
  /**
   * What sends the requests: another `fetch`, or one that `createUndiciFetch` or `createNodeFetch` of
   * `@qontext/sync-log-client/node` makes. It is asked for the state as it is now, and not for what a
   * cache has: by the option `cache` and the header `cache-control`.
   * @default the global `fetch`, as it is when a request is sent
   */
  readonly fetch?: Fetch | undefined;
  /**
   * What is passed on to every `fetch`, such as a `dispatcher`, an `agent` or Next's `next`. The client
   * keeps `method`, `headers`, `body`, `signal` and `redirect` to itself.
   */
  readonly fetchOptions?: FetchOptions | undefined;
  /**
   * Headers to send with every request. `X-API-Key` is refused: pass `apiKey`. Outside browsers there
   * is a `user-agent` with the versions of the client and the runtime, unless one is given here.
   */
  readonly headers?: RequestHeaders | undefined;
  /**
   * How long one request may take, its body included, in milliseconds. `Infinity` means no limit.
   * @default 30000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long a call may take with all its requests and the waits between them, in milliseconds. Of
   * a wait it limits each poll; the wait itself is limited by `maxWaitMs`.
   * @default Infinity
   */
  readonly deadlineMs?: number | undefined;
  /**
   * When to send a failed request again: after a network error, a timeout, a cut or malformed body
   * of a 200, and after 408, 425, 429 and 5xx except 501 and 505. `false` sends every request once.
   *
   * All retries of a client also draw on one budget, so that it does not add to an outage: about
   * 100 at once, refilled by successes.
   * @default { maxRetries: 2, baseDelayMs: 500, maxDelayMs: 8000, maxRetryAfterMs: 60000 }
   */
  readonly retry?: RetryPolicy | undefined;
  /**
   * The most that is read of a body after decompression, in bytes. A larger body is refused while it
   * arrives.
   * @default 10485760 (10 MiB)
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * What waits poll with. `auto`: where several wait in one workspace, with the same headers and options for their requests,
   * one list takes the place of their reads whenever it costs less; of an end that it shows, `getSyncLog` has the last word.
   * `single`: with `getSyncLog` alone.
   * @default "auto"
   */
  readonly polls?: "auto" | "single" | undefined;
  /**
   * Checks every sync log that is read, by itself or in a list: pass `validateSyncLog` of
   * `@qontext/sync-log-schema/validators`, or any Standard Schema, and a body that it refuses rejects
   * with a `ResponseValidationError`. `{ validator, onInvalid: "warn" }` only logs. Unknown properties
   * pass, and so do unknown values of an enum, with a warning.
   * @default no check
   */
  readonly validate?: ValidateOption | undefined;
  /** Where the client tells what it does; `console` will do. Silent without it. */
  readonly logger?: Logger | undefined;
  /** Functions to call on the way. */
  readonly hooks?: ClientHooks | undefined;
  /**
   * Lets a client be created in a browser. Anyone who opens the page can read the key: only for
   * pages whose users may all have it.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /**
   * Lets the key go in clear, over `http://`, to other machines. Anyone on the way can read it: only
   * for networks of your own, such as containers that talk to the mock.
   * @default whether the environment variable `QONTEXT_DANGEROUSLY_ALLOW_HTTP` is `1`
   */
  readonly dangerouslyAllowHttp?: boolean | undefined;
  /**
   * Where time comes from, for tests: see `@qontext/sync-log-client/testing`.
   * @default the system's
   */
  readonly clock?: Clock | undefined;
  /**
   * Numbers from 0 up to, not including, 1, for jitter.
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
}

/** What the options of a client have to be. */
export const clientRules: RulesOf<SyncLogClientOptions> = {
  apiKey: "a string or a function",
  baseUrl: "a string",
  fetch: "a function",
  fetchOptions: "an object",
  headers: "an object or pairs",
  timeoutMs: 1,
  deadlineMs: 1,
  ...retryRules,
  maxResponseBytes: 1,
  polls: "a string",
  validate: "an object or a function",
  logger: ["debug", "info", "warn", "error"],
  ...hookRules,
  dangerouslyAllowBrowser: "a boolean",
  dangerouslyAllowHttp: "a boolean",
  clock: ["nowMs", "epochMs", "setTimeout", "clearTimeout"],
  random: "a function",
};
