import type { GetSyncLogParams } from "../generated/methods.ts";
import type { SyncLogUpdate } from "./sync-log-update.ts";
import type { RunningWait, StartWait } from "./start-wait.ts";
import type { WaitOptions } from "./wait-options.ts";
import type { WaitResult } from "./wait-result.ts";

/** Waits until the sync log has ended. */
export function waitForSyncLog(
  startWait: StartWait,
  parameters: GetSyncLogParams,
  options: WaitOptions = {},
): Promise<WaitResult> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
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
        if (told instanceof Promise) told.catch(fail);
        if (!update.isTerminal) return;
        const result = resultOf(update, wait);
        if (told instanceof Promise) told.then(() => resolve(result), fail);
        else resolve(result);
      },
      fail: reject,
    });
  });
}

function resultOf(update: SyncLogUpdate, wait: RunningWait | undefined): WaitResult {
  const { syncLog, elapsedMs, polls } = update;
  const history = [...(wait?.view.history ?? [])];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the status of a terminal update is one of the outcomes
  return { outcome: syncLog.status, syncLog, elapsedMs, polls, history } as WaitResult;
}
