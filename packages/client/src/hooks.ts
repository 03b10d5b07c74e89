import type { RulesOf } from "./check-options.ts";
import type { SyncLogError } from "./errors/sync-log-error.ts";

/** A request as a hook sees it: without the key, which is added last. */
export interface HookRequest {
  readonly method: string;
  /** May be changed, but not to another origin. */
  url: string;
  /** May be added to and changed, by names in any letter case; those that are there are in lower case. */
  readonly headers: Record<string, string>;
  /** 1 for the first request of a call. */
  readonly attempt: number;
}

/** A response as a hook sees it. Its body is the client's to read. */
export interface HookResponse {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** With every known key taken out. */
  readonly headers: Headers;
  /** 1 for the first request of a call. */
  readonly attempt: number;
}

/** A request that is about to be sent again. */
export interface HookRetry {
  readonly method: string;
  readonly url: string;
  /** The number of this request in its call: 2 for the first that is sent again. */
  readonly attempt: number;
  /** How long the client waited before it, in milliseconds. */
  readonly delayMs: number;
  /** What the request before it ended with: of a response, with its `status`, `headers` and `body`. */
  readonly error: SyncLogError;
}

/**
 * Functions that the client calls on the way. What a hook throws rejects the call as it is, and
 * the request is not sent again.
 */
export interface ClientHooks {
  /**
   * Before each request, retries included. The client waits for a promise. With it no two waits share
   * their polls, and it is called in the async context of the wait.
   */
  readonly onRequest?: (request: HookRequest) => void | Promise<void>;
  /**
   * Before each request that is sent again, and its `onRequest`, when the wait for it is over. The client
   * waits for a promise.
   */
  readonly onRetry?: (retry: HookRetry) => void | Promise<void>;
  /** After each response, before its body is read. The client waits for a promise. */
  readonly onResponse?: (response: HookResponse) => void | Promise<void>;
  /**
   * The W3C `traceparent` of what the request belongs to; `false`: none is sent. Without it the client
   * asks an installed `@opentelemetry/api`. Where an instrumentation of undici puts one on every
   * request, the client leaves that to it. With a function no two waits share their polls.
   */
  readonly traceparent?: false | (() => string | undefined);
}

/** What the option `hooks` has to be. */
export const hookRules: RulesOf<{ hooks: unknown }> & RulesOf<ClientHooks, "hooks."> = {
  hooks: "an object",
  "hooks.onRequest": "a function",
  "hooks.onRetry": "a function",
  "hooks.onResponse": "a function",
  "hooks.traceparent": "`false` or a function",
};

/** What hooks threw; the errors of this package among them do not count as failed attempts. */
const thrownByHooks = new WeakSet<object>();

/** Calls a hook. @throws what the hook threw, for which {@link isFromHook} holds */
export async function callHook(hook: () => void | Promise<void>): Promise<void> {
  try {
    await hook();
  } catch (error) {
    throw markAsFromHook(error);
  }
}

/** The error that a hook threw, marked as such. */
export function markAsFromHook(error: unknown): unknown {
  if (error instanceof Error) thrownByHooks.add(error);
  return error;
}

/** Whether a hook threw this error: the caller gets it as it is, and the request is not sent again. */
export function isFromHook(error: Error): boolean {
  return thrownByHooks.has(error);
}
