import { checkOptions } from "../check-options.ts";
import type { GetSyncLogParams } from "../generated/methods.ts";
import { onAbort } from "../transport/on-abort.ts";
import type { SyncLogUpdate } from "./wait-result.ts";
import { outcomeOf } from "./terminal-status.ts";
import type { RunningWait, StartWait } from "./start-wait.ts";
import { type WaitOptions, waitRules } from "./wait-options.ts";
import type { WaitResult } from "./wait-result.ts";

/** Waits until the sync log has ended. */
export function waitForSyncLog(
  startWait: StartWait,
  parameters: GetSyncLogParams,
  options: WaitOptions = {},
): Promise<WaitResult> {
  return new Promise((resolve, reject) => {
    checkOptions(options, waitRules);
    const { signal, onProgress } = options;
    // Nothing is sent for a caller who has left before it began.
    signal?.throwIfAborted();
    let wait: RunningWait | undefined;
    const fail = (error: unknown): void => {
      wait?.stop(error);
      reject(error);
    };
    wait = startWait(parameters, options, {
      tell(update) {
        const told: unknown = onProgress?.(update);
        const pending = isThenable(told) ? Promise.resolve(told) : undefined;
        pending?.catch(fail);
        if (!update.isTerminal) return;
        if (signal?.aborted === true) return reject(signal.reason);
        const result = resultOf(update, wait);
        if (pending === undefined) return resolve(result);
        // The stream has let go of the signal with its last update.
        const stay = signal && onAbort(signal, () => reject(signal.reason));
        pending.then(() => resolve(result), reject).finally(() => stay?.());
      },
      fail: reject,
    });
  });
}

function resultOf(update: SyncLogUpdate, wait: RunningWait | undefined): WaitResult {
  const { syncLog, elapsedMs, polls } = update;
  const { status } = syncLog;
  const history = [...(wait?.view.history ?? [])];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the status of a terminal update is one of the lifecycle's
  return { status, outcome: outcomeOf(status), syncLog, elapsedMs, polls, history } as WaitResult;
}

/** Whether this is a promise, of any realm or library. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof Reflect.get(Object(value), "then") === "function";
}
