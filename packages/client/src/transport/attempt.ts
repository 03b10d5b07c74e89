import { DeadlineExceededError, RequestTimeoutError } from "../errors/request-errors.ts";
import { exchange } from "./exchange.ts";
import { onAbort } from "./on-abort.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

/** One attempt, and how long it may take. */
export interface AttemptInput extends Omit<AttemptContext, "signal"> {
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** What is left before the deadline of the call. */
  readonly remainingMs: number;
}

/**
 * One exchange that ends in time: when its limit is reached or the caller aborts, it rejects at once,
 * whether the `fetch` that was passed in honors its signal or not.
 */
export async function attempt(
  transport: Transport,
  request: OutgoingRequest,
  input: AttemptInput,
): Promise<Answer> {
  const { number, retry, onKey, signal } = input;
  const { clock } = transport;
  // A controller and a timer cost a sixth of AbortSignal.timeout.
  const controller = new AbortController();
  const limitMs = Math.min(input.timeoutMs, input.remainingMs);
  let timer: unknown;
  let stopListening: (() => void) | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const stop = (reason: unknown): void => {
        reject(reason);
        controller.abort(reason);
      };
      if (limitMs !== Infinity) {
        timer = clock.setTimeout(() => stop(limitError(request, input)), Math.max(0, limitMs));
      }
      stopListening = signal && onAbort(signal, () => stop(signal.reason));
      const context = { number, retry, onKey, signal: controller.signal };
      exchange(transport, request, context).then(resolve, reject);
    });
  } finally {
    clock.clearTimeout(timer);
    stopListening?.();
  }
}

function limitError(
  { method, url }: OutgoingRequest,
  { timeoutMs, remainingMs, retry }: AttemptInput,
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
