import { DeadlineExceededError, RequestTimeoutError } from "../errors/request-errors.ts";
import { exchange } from "./exchange.ts";
import { onAbort } from "./on-abort.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

/**
 * One exchange that ends in time: when its limit is reached or the caller aborts, it rejects at once,
 * whether the `fetch` that was passed in honors its signal or not.
 *
 * Every call goes this way, so it is not an async function: each of those costs a promise more.
 */
export function attempt(
  transport: Transport,
  request: OutgoingRequest,
  context: AttemptContext,
): Promise<Answer> {
  const { clock } = transport;
  const { signal, timeoutMs, remainingMs } = context;
  return new Promise((resolve, reject) => {
    // A controller and a timer cost a sixth of AbortSignal.timeout.
    const controller = new AbortController();
    const limitMs = Math.min(timeoutMs, remainingMs);
    let timer: unknown;
    let stopListening: (() => void) | undefined;
    let isOver = false;
    const release = (): void => {
      if (isOver) return;
      isOver = true;
      if (clock.retire === undefined) clock.clearTimeout(timer);
      else clock.retire(timer);
      stopListening?.();
    };
    const fail = (error: unknown): void => {
      release();
      reject(error);
    };
    const stop = (reason: unknown): void => {
      if (isOver) return;
      fail(reason);
      // A function for the key that never answers must not hold the calls to come.
      if (context.sentKey === undefined) transport.keys.giveUp();
      controller.abort(reason);
    };
    if (limitMs !== Infinity) {
      timer = clock.setTimeout(
        () => {
          if (!isOver) stop(limitError(request, context));
        },
        Math.max(0, limitMs),
      );
    }
    stopListening = signal && onAbort(signal, () => stop(signal.reason));
    const succeed = (answer: Answer): void => {
      release();
      resolve(answer);
    };
    const work = exchange(transport, request, context, controller.signal);
    clock.whileBusy?.(work);
    work.then(succeed, fail);
  });
}

function limitError(
  { method, url }: OutgoingRequest,
  { timeoutMs, remainingMs, retry }: AttemptContext,
): Error {
  return timeoutMs <= remainingMs
    ? new RequestTimeoutError(
        `${method} ${url} took longer than ${timeoutMs} ms. Raise \`timeoutMs\`.`,
        {},
      )
    : new DeadlineExceededError(
        `${method} ${url} did not end before its deadline. Raise \`deadlineMs\`.`,
        { cause: retry?.error, correlationId: retry?.error.correlationId ?? null },
      );
}
