import { DeadlineExceededError, RequestTimeoutError } from "../errors/request-errors.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import type { Call } from "./call.ts";
import { exchange } from "./exchange.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport.ts";

/** How long an attempt may take. */
export interface AttemptLimits {
  readonly timeoutMs: number;
  /** What is left before the deadline of the call. */
  readonly remainingMs: number;
  /** What the attempt before ended with. */
  readonly lastError: SyncLogError | undefined;
}

/**
 * One exchange that ends in time: when its limit is reached or the call is cancelled it rejects at
 * once, whether the `fetch` that was passed in honors its signal or not. Whoever awaits it clears
 * the timer of the call.
 */
export function attempt(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  number: number,
  limits: AttemptLimits,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A controller and a timer cost a sixth of AbortSignal.timeout.
    const controller = new AbortController();
    const limitMs = Math.min(limits.timeoutMs, limits.remainingMs);
    call.stop = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
    call.timer =
      limitMs === Infinity
        ? undefined
        : transport.clock.setTimeout(
            () => call.stop(limitError(request, limits)),
            Math.max(0, limitMs),
          );
    exchange(transport, request, call, number, controller.signal).then(resolve, reject);
  });
}

function limitError(
  { method, url }: OutgoingRequest,
  { timeoutMs, remainingMs, lastError }: AttemptLimits,
): Error {
  return timeoutMs <= remainingMs
    ? new RequestTimeoutError(
        `${method} ${url} took longer than ${timeoutMs} ms. Raise \`timeoutMs\` if the server needs more.`,
      )
    : new DeadlineExceededError(
        `${method} ${url} did not end before its deadline. Raise \`deadlineMs\`.`,
        { cause: lastError, correlationId: lastError?.correlationId ?? null },
      );
}
