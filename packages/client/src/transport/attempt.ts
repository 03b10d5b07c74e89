import type { Call } from "./call.ts";
import { exchange } from "./exchange.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport.ts";

/**
 * One exchange that ends in time: when `limitMs` have passed or the call is cancelled it rejects at
 * once, whether the `fetch` that was passed in honors its signal or not.
 *
 * @param toLimitError - What to reject with when `limitMs` have passed.
 */
export function attempt(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  number: number,
  limitMs: number,
  toLimitError: () => Error,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { clock } = transport;
    // A controller and a timer cost a sixth of AbortSignal.timeout.
    const controller = new AbortController();
    const stop = (reason: unknown): void => {
      finish();
      reject(reason);
      controller.abort(reason);
    };
    const timer =
      limitMs === Infinity
        ? undefined
        : clock.setTimeout(() => stop(toLimitError()), Math.max(0, limitMs));
    const finish = (): void => {
      clock.clearTimeout(timer);
      call.onCancel = undefined;
    };
    call.onCancel = () => stop(call.reason);
    const succeed = (answer: Answer): void => {
      finish();
      resolve(answer);
    };
    const fail = (error: unknown): void => {
      finish();
      reject(error);
    };
    exchange(transport, request, call, number, controller.signal).then(succeed, fail);
  });
}
