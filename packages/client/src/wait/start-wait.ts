import { getSyncLogRequest, type GetSyncLogParams } from "../generated/methods.ts";
import { checkNumber } from "../refuse.ts";
import { resolveRetryPolicy } from "../retry/retry-options.ts";
import { normalizeHeaders } from "../transport/check-headers.ts";
import { onAbort } from "../transport/on-abort.ts";
import { send } from "../transport/send.ts";
import type { Transport } from "../transport/transport.ts";
import { PollStream } from "./poll-stream.ts";
import { requestKey } from "./request-key.ts";
import type { SyncLogView } from "./sync-log-view.ts";
import type { SyncLogUpdate } from "./sync-log-update.ts";
import type { Waiter } from "./waiter.ts";
import { resolveWaitLimits, type WatchOptions } from "./wait-options.ts";

/** Whom to tell. `fail` is called at most once, and nothing after it or after a terminal update. */
export interface WaitListener {
  readonly tell: (update: SyncLogUpdate) => void;
  readonly fail: (error: unknown) => void;
}

/** A wait that goes on. */
export interface RunningWait {
  readonly view: SyncLogView;
  /** Ends the wait without telling anyone. */
  stop(reason?: unknown): void;
}

/** Begins a wait. @throws InvalidParameterError */
export type StartWait = (
  parameters: GetSyncLogParams,
  options: WatchOptions,
  listener: WaitListener,
) => RunningWait;

/** Creates what begins waits, so that waits for one sync log share one stream of polls. */
export function createStartWait(transport: Transport): StartWait {
  const streams = new Map<string, PollStream>();

  const streamOf = (parameters: GetSyncLogParams, options: WatchOptions): PollStream => {
    const { retry = false } = options;
    resolveRetryPolicy(retry);
    const request = getSyncLogRequest(transport.baseUrl, parameters);
    const pollOptions = {
      timeoutMs: checkNumber("timeoutMs", options.timeoutMs, 1),
      headers: options.headers && normalizeHeaders(options.headers),
      retry,
    };
    // Polls are not retried by default: the key is then the URL itself, and no text more for each wait.
    const key = requestKey(request.url, {
      ...pollOptions,
      retry: retry === false ? undefined : retry,
    });
    const known = streams.get(key);
    if (known !== undefined) return known;
    const stream = new PollStream(
      transport,
      (signal) => send(transport, request, { ...pollOptions, signal }),
      () => streams.delete(key),
    );
    streams.set(key, stream);
    return stream;
  };

  return (parameters, options, listener) => {
    const limits = resolveWaitLimits(options);
    const { signal } = options;
    const stream = streamOf(parameters, options);
    const startedAtMs = transport.clock.nowMs();
    const stop = (reason?: unknown): void => {
      stopListening?.();
      stream.leave(waiter, reason);
    };
    const waiter: Waiter = {
      limits,
      state: stream.newState(
        startedAtMs,
        startedAtMs + Math.min(limits.maxWaitMs, limits.deadlineMs),
      ),
      nextPollAtMs: startedAtMs,
      told: null,
      toldStalled: false,
      tell(update) {
        if (update.isTerminal) stopListening?.();
        listener.tell(update);
      },
      fail(error) {
        stopListening?.();
        listener.fail(error);
      },
    };
    const stopListening =
      signal &&
      onAbort(signal, () => {
        stop(signal.reason);
        listener.fail(signal.reason);
      });
    stream.join(waiter);
    return { view: stream.view, stop };
  };
}
