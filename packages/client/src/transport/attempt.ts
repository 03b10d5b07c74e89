import type { Call } from "./call.ts";
import { exchange } from "./exchange.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport.ts";

/** When an attempt has to be over, and what to reject with if it is not. */
export interface AttemptLimit {
  readonly delayMs: number;
  error(): Error;
}

/**
 * One exchange that ends in time: when the limit is reached or the call is cancelled it rejects at
 * once, whether the `fetch` that was passed in honors its signal or not.
 */
export function attempt(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  number: number,
  limit: AttemptLimit,
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
      limit.delayMs === Infinity
        ? undefined
        : clock.setTimeout(() => stop(limit.error()), Math.max(0, limit.delayMs));
    const finish = (): void => {
      clock.clearTimeout(timer);
      call.onCancel = undefined;
    };
    call.onCancel = () => stop(call.reason);
    const run = async (): Promise<void> => {
      try {
        resolve(await exchange(transport, request, call, number, controller.signal));
      } catch (error) {
        reject(error);
      } finally {
        finish();
      }
    };
    void run();
  });
}
