import { checkOptions, type OptionRules } from "../check-options.ts";
import {
  getSyncLogRequest,
  type GetSyncLogParams,
  listSyncLogsRequest,
} from "../generated/methods.ts";
import { maxBytes, type RequestOptions, resolveCallLimits } from "../request-options.ts";
import { redactThrown } from "../secrets/redactor.ts";
import { normalizeHeaders } from "../transport/check-headers.ts";
import { onAbort } from "../transport/on-abort.ts";
import { send } from "../transport/send.ts";
import type { Transport } from "../transport/transport.ts";
import type { SyncLogView } from "./observation.ts";
import { PollStream } from "./poll-stream.ts";
import type { Poll } from "./read-once.ts";
import { type ReadList, SharedReads } from "./shared-reads.ts";
import type { WaitListener } from "./wait-result.ts";
import type { Waiter } from "./waiter.ts";
import { resolveWaitLimits, type WatchOptions } from "./wait-options.ts";

/** A wait that goes on. */
export interface RunningWait {
  readonly view: SyncLogView;
  /** When its time is over, on the client's clock. */
  readonly deadlineAtMs: number;
  /** Those of the client's waits that have left their streams and not ended: they are aborted with the others. */
  readonly lingering: Set<WaitListener>;
  /** Ends the wait without telling anyone. */
  stop(reason?: unknown): void;
}

/**
 * Begins a wait, unless the caller has left before.
 *
 * @throws InvalidParameterError, or the reason of the signal
 */
export type StartWait = (
  parameters: GetSyncLogParams,
  options: WatchOptions,
  rules: OptionRules,
  listener: WaitListener,
) => RunningWait;

/** The waits of a client. */
export interface Waits {
  readonly start: StartWait;
  /** What else is aborted with them. */
  readonly others: Set<WaitListener>;
  /** Aborts all that go on, each with an error of its own. */
  readonly end: (makeError: () => unknown) => void;
}

/** Creates what begins waits, so that waits for one sync log share one stream of polls. */
export function createWaits(transport: Transport): Waits {
  const streams = new Map<unknown, PollStream>();
  const workspaces = new Map<string, SharedReads>();
  const lingering = new Set<WaitListener>();

  const streamOf = (parameters: GetSyncLogParams, options: WatchOptions): PollStream => {
    const { retry = false } = options;
    const { timeoutMs } = resolveCallLimits({ timeoutMs: options.timeoutMs, retry }, transport);
    const request = getSyncLogRequest(transport.baseUrl, parameters);
    const pollOptions = {
      timeoutMs: options.timeoutMs,
      headers: options.headers && normalizeHeaders(options.headers, transport.redactor),
      retry,
      fetchOptions: options.fetchOptions,
    };
    const poll: Poll = (signal) => send(transport, request, { ...pollOptions, signal });
    const { onRequest, traceparent } = transport.hooks;
    // These may make another request for each caller, who must not be given the answer to it.
    const isShared = (onRequest ?? traceparent) === undefined;
    const key = isShared ? streamKey(request.url, pollOptions) : {};
    let stream = streams.get(key);
    if (stream === undefined) {
      const maxPollMs = retry === false ? timeoutMs : Infinity;
      const reads =
        isShared && transport.sharesLists ? readsOf(parameters, pollOptions, timeoutMs) : undefined;
      const { id } = parameters;
      stream = new PollStream(transport, poll, maxPollMs, () => streams.delete(key), id, reads);
      streams.set(key, stream);
    }
    return stream;
  };

  const readsOf = (
    parameters: GetSyncLogParams,
    pollOptions: RequestOptions,
    maxTimeoutMs: number,
  ): SharedReads => {
    const request = listSyncLogsRequest(transport.baseUrl, parameters);
    const key = streamKey(request.url, pollOptions);
    let reads = workspaces.get(key);
    if (reads === undefined) {
      const readList: ReadList = (signal, limits) =>
        send(transport, request, {
          ...pollOptions,
          retry: false,
          timeoutMs: Math.min(maxTimeoutMs, limits.timeoutMs),
          [maxBytes]: limits.maxBytes,
          signal,
        });
      reads = new SharedReads(transport, readList, ({ known }) => {
        // What is known of lists outlives the waits.
        const isOfUse = known.listedAtMs !== null && workspaces.size <= maxWorkspaces;
        if (!isOfUse) workspaces.delete(key);
      });
      workspaces.set(key, reads);
    }
    return reads;
  };

  const start: StartWait = (parameters, options, rules, listener) => {
    redactThrown(transport.redactor, () => checkOptions(options, rules));
    options.signal?.throwIfAborted();
    const limits = resolveWaitLimits(options);
    const { signal } = options;
    const stream = streamOf(parameters, options);
    const startedAtMs = transport.clock.nowMs();
    const deadlineAtMs = startedAtMs + Math.min(limits.maxWaitMs, limits.deadlineMs);
    const waiter: Waiter = {
      listener,
      limits,
      state: stream.newState(startedAtMs, deadlineAtMs),
      nextPollAtMs: startedAtMs,
      freshFromMs: startedAtMs,
      told: null,
      toldStalled: false,
      stopListening:
        signal &&
        onAbort(signal, () => {
          stream.leave(waiter, signal.reason);
          listener.fail(() => signal.reason, true);
        }),
    };
    stream.join(waiter);
    const stop = (reason?: unknown): void => stream.leave(waiter, reason);
    return { view: stream.view, deadlineAtMs, lingering, stop };
  };

  return {
    start,
    others: lingering,
    end(makeError) {
      for (const stream of streams.values()) stream.end(makeError);
      for (const listener of lingering) listener.fail(makeError, true);
    },
  };
}

/** Of so many workspaces it is known without waits how their lists went. */
const maxWorkspaces = 1000;

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** What tells an object from others that may look the same. */
function numberOf(one: object): number {
  const number = numbers.get(one) ?? (lastNumber += 1);
  numbers.set(one, number);
  return number;
}

/** The same for waits that ask for the same in the same way. Functions, and what is in `fetchOptions`, are the same only where they are one. */
function streamKey(
  url: string,
  { timeoutMs, headers, retry, fetchOptions }: RequestOptions,
): string {
  // The default: no text more for each of many thousands of waits.
  if (
    retry === false &&
    timeoutMs === undefined &&
    headers === undefined &&
    fetchOptions === undefined
  )
    return url;
  const policy = typeof retry === "function" ? numberOf(retry) : retry;
  const passed =
    fetchOptions &&
    Object.entries(fetchOptions).map(([name, value]) => [
      name,
      Object(value) === value ? numberOf(Object(value)) : String(value),
    ]);
  // JSON would make null of Infinity, as it does of undefined.
  return `${url} ${String(timeoutMs)} ${JSON.stringify([headers, policy, passed])}`;
}
