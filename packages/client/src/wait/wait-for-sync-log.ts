import { checkOptions } from "../check-options.ts";
import type { GetSyncLogParams } from "../generated/methods.ts";
import { onAbort } from "../transport/on-abort.ts";
import type { Transport } from "../transport/transport.ts";
import { outcomeOf } from "./terminal-status.ts";
import type { RunningWait, StartWait } from "./start-wait.ts";
import { type WaitOptions, waitRules } from "./wait-options.ts";
import type { SyncLogUpdate, WaitResult } from "./wait-result.ts";

/** Gives the result of a wait, or throws what it ended with. */
type Give = () => WaitResult;

/** Waits until the sync log has ended. */
export async function waitForSyncLog(
  startWait: StartWait,
  transport: Transport,
  parameters: GetSyncLogParams,
  options: WaitOptions = {},
): Promise<WaitResult> {
  const give = await new Promise<Give>((resolve) => {
    checkOptions(options, waitRules);
    // Nothing is sent for a caller who has left before it began.
    options.signal?.throwIfAborted();
    runWait(startWait, transport, parameters, options, resolve);
  });
  // Called here, so that the caller is in the stack of an error.
  return give();
}

function runWait(
  startWait: StartWait,
  { clock, logger }: Transport,
  parameters: GetSyncLogParams,
  { signal, onProgress, ...options }: WaitOptions,
  resolve: (give: Give) => void,
): void {
  /** Whether a promise of `onProgress` is pending. */
  let isTelling = false;
  /** What came since; of several the latest counts. */
  let untold: SyncLogUpdate | undefined;
  /** How the wait ended, while the last callback has not. */
  let end: Give | undefined;
  let isOver = false;
  let release: (() => void) | undefined;

  const settle = (give: Give): void => {
    isOver = true;
    release?.();
    resolve(give);
  };
  const settleWith = (makeError: () => unknown): void =>
    settle(() => {
      throw makeError();
    });
  const call = (update: SyncLogUpdate): void => {
    const told: unknown = onProgress?.(update);
    if (!isThenable(told)) return;
    isTelling = true;
    Promise.resolve(told).then(goOn, failTelling);
  };
  const goOn = (): void => {
    isTelling = false;
    const update = untold;
    untold = undefined;
    try {
      if (update !== undefined && !isOver) call(update);
    } catch (error) {
      return failTelling(error);
    }
    return settleUnlessTelling();
  };
  const failTelling = (error: unknown): void => {
    if (isOver) {
      const message = error instanceof Error ? error.message : typeof error;
      logger?.("warn", "`onProgress` failed after its wait had ended.", { message });
      return;
    }
    wait.stop(error);
    settleWith(() => error);
  };
  const settleUnlessTelling = (): void => {
    if (end === undefined || isOver) return undefined;
    if (signal?.aborted === true) return settleWith(() => signal.reason);
    if (!isTelling) return settle(end);
    if (release !== undefined) return undefined;
    // The stream has let go of this wait. Its callback may take what is left of its time.
    const stay = signal && onAbort(signal, () => settleWith(() => signal.reason));
    const leftMs = Math.max(0, wait.deadlineAtMs - clock.nowMs());
    const atEnd = end;
    const timer = clock.setTimeout(() => settle(atEnd), leftMs);
    release = () => {
      stay?.();
      clock.clearTimeout(timer);
    };
  };
  const wait: RunningWait = startWait(
    parameters,
    { signal, ...options },
    {
      tell(update) {
        if (update.isTerminal) end = () => resultOf(update, wait);
        if (isTelling) untold = update;
        else call(update);
        settleUnlessTelling();
      },
      fail(makeError) {
        end = () => {
          throw makeError();
        };
        settleUnlessTelling();
      },
    },
  );
}

function resultOf(update: SyncLogUpdate, { view }: RunningWait): WaitResult {
  const { syncLog, elapsedMs, polls } = update;
  const { status } = syncLog;
  const history = view.history.map((seen) => ({ ...seen }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the status of a terminal update is one of the lifecycle's
  return { status, outcome: outcomeOf(status), syncLog, elapsedMs, polls, history } as WaitResult;
}

/** Whether this is a promise, of any realm or library. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof Reflect.get(Object(value), "then") === "function";
}
