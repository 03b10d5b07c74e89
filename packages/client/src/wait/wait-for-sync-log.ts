import type { GetSyncLogParams } from "../generated/methods.ts";
import { onAbort } from "../transport/on-abort.ts";
import type { Transport } from "../transport/transport.ts";
import { outcomeOf } from "./terminal-status.ts";
import type { RunningWait, StartWait } from "./start-wait.ts";
import { type WaitOptions, waitRules } from "./wait-options.ts";
import type { SyncLogUpdate, WaitListener, WaitResult } from "./wait-result.ts";

/** Gives the result of a wait, or throws what it ended with. */
type Give = () => WaitResult;

/** Waits until the sync log has ended. */
export function waitForSyncLog(
  startWait: StartWait,
  transport: Transport,
  parameters: GetSyncLogParams,
  options: WaitOptions = {},
): Promise<WaitResult> {
  return new Promise<Give>((resolve) => {
    // oxlint-disable-next-line no-new -- it lives as long as the stream of polls tells it something
    new CallerOfWait(startWait, transport, parameters, options, resolve);
  }).then(giveToCaller);
}

/** With what is thrown here, engines find the way from the promise to who awaits it: the caller is in its stack. */
function giveToCaller(give: Give): WaitResult {
  return give();
}

/** Who waits: calls back one at a time, and settles once. A class, since there may be many thousands. */
class CallerOfWait implements WaitListener {
  readonly #transport: Transport;
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: WaitOptions["onProgress"];
  readonly #resolve: (give: Give) => void;
  readonly #wait: RunningWait;
  /** Whether a promise of `onProgress` is pending. */
  #isTelling = false;
  /** What came since; of several the latest counts. */
  #untold: SyncLogUpdate | undefined;
  /** How the wait ended, while the last callback has not. */
  #end: Give | undefined;
  #isOver = false;
  #release: (() => void) | undefined;

  constructor(
    startWait: StartWait,
    transport: Transport,
    parameters: GetSyncLogParams,
    options: WaitOptions,
    resolve: (give: Give) => void,
  ) {
    this.#wait = startWait(parameters, options, waitRules, this);
    this.#transport = transport;
    this.#signal = options.signal;
    this.#onProgress = options.onProgress;
    this.#resolve = resolve;
  }

  tell(update: SyncLogUpdate): void {
    if (update.isTerminal) this.#end = () => resultOf(update, this.#wait);
    if (this.#isTelling) this.#untold = update;
    else this.#call(update);
    this.#settleWhenTold();
  }

  fail(makeError: () => unknown, isAbort = false): void {
    const end = throwing(makeError);
    this.#end = end;
    if (isAbort) this.#settle(end);
    else this.#settleWhenTold();
  }

  #call(update: SyncLogUpdate): void {
    const onProgress = this.#onProgress;
    const told: unknown = onProgress?.(update);
    if (!isThenable(told)) return;
    this.#isTelling = true;
    Promise.resolve(told).then(
      () => this.#goOn(),
      (error: unknown) => this.#failTelling(error),
    );
  }

  #goOn(): void {
    const update = this.#untold;
    this.#isTelling = false;
    this.#untold = undefined;
    try {
      if (update !== undefined && !this.#isOver) this.#call(update);
    } catch (error) {
      return this.#failTelling(error);
    }
    return this.#settleWhenTold();
  }

  #failTelling(error: unknown): void {
    if (!this.#isOver) {
      this.#wait.stop(error);
      return this.#settle(throwing(() => error));
    }
    const message = error instanceof Error ? error.message : typeof error;
    const text = "`onProgress` failed after its wait had ended.";
    return this.#transport.logger?.("warn", text, { message });
  }

  #settleWhenTold(): void {
    const end = this.#end;
    const signal = this.#signal;
    if (end === undefined || this.#isOver) return undefined;
    const leave = throwing(() => signal?.reason);
    if (signal?.aborted === true) return this.#settle(leave);
    if (!this.#isTelling) return this.#settle(end);
    if (this.#release !== undefined) return undefined;
    // The stream has let go of this wait. Its callback may take what is left of its time.
    const { clock } = this.#transport;
    const { deadlineAtMs, lingering } = this.#wait;
    lingering.add(this);
    const stopListening = signal && onAbort(signal, () => this.#settle(leave));
    const leftMs = Math.max(0, deadlineAtMs - clock.nowMs());
    const timer = clock.setTimeout(() => this.#settle(end), leftMs);
    this.#release = () => {
      lingering.delete(this);
      stopListening?.();
      clock.clearTimeout(timer);
    };
  }

  #settle(give: Give): void {
    this.#isOver = true;
    this.#release?.();
    this.#resolve(give);
  }
}

function throwing(makeError: () => unknown): () => never {
  return () => {
    throw makeError();
  };
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
