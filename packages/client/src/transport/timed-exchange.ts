import { DeadlineExceededError, RequestTimeoutError } from "../errors/request-errors.ts";
import { exchange } from "./exchange.ts";
import { onAbort } from "./on-abort.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

/**
 * One exchange that ends in time: when its limit is reached or the caller aborts, its answer rejects at once,
 * whether the `fetch` that was passed in honors its signal or not.
 *
 * A class, because every call has one: the closures of a function would take more memory.
 */
export class TimedExchange {
  readonly answer: Promise<Answer>;
  // A controller and a timer cost a sixth of AbortSignal.timeout.
  readonly #controller = new AbortController();
  readonly #transport: Transport;
  readonly #context: AttemptContext;
  readonly #timer: unknown;
  readonly #stopListening: (() => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;

  constructor(transport: Transport, request: OutgoingRequest, context: AttemptContext) {
    this.#transport = transport;
    this.#context = context;
    const { signal, timeoutMs, remainingMs } = context;
    const { clock } = transport;
    const limitMs = Math.min(timeoutMs, remainingMs);
    if (limitMs !== Infinity) {
      const expire = (): void => {
        if (this.#reject !== undefined) this.#stop(limitError(request, context));
      };
      this.#timer = clock.setTimeout(expire, Math.max(0, limitMs));
    }
    this.#stopListening = signal && onAbort(signal, () => this.#stop(signal.reason));
    this.answer = new Promise((resolve, reject) => {
      this.#reject = reject;
      const work = exchange(transport, request, context, this.#controller.signal);
      clock.whileBusy?.(work);
      work.then(resolve, reject);
    });
  }

  /** To be called when the answer is settled. */
  release(): void {
    this.#reject = undefined;
    const { clock } = this.#transport;
    if (clock.retire === undefined) clock.clearTimeout(this.#timer);
    else clock.retire(this.#timer);
    this.#stopListening?.();
  }

  #stop(reason: unknown): void {
    this.#reject?.(reason);
    // A function for the key that never answers must not hold the calls to come.
    if (this.#context.sentKey === undefined) this.#transport.keys.giveUp();
    this.#controller.abort(reason);
  }
}

function limitError(
  { method, url }: OutgoingRequest,
  { timeoutMs, remainingMs, retry, asksForKey, sentKey }: AttemptContext,
): Error {
  const isSilent = asksForKey === true && sentKey === undefined;
  const why = isSilent ? " The `apiKey` function did not answer in that time." : "";
  return timeoutMs <= remainingMs
    ? new RequestTimeoutError(
        `${method} ${url} took longer than ${timeoutMs} ms.${why || " Raise `timeoutMs`."}`,
        {},
      )
    : new DeadlineExceededError(
        `${method} ${url} did not end before its deadline.${why || " Raise `deadlineMs`."}`,
        { cause: retry?.error, correlationId: retry?.error.correlationId ?? null },
      );
}
