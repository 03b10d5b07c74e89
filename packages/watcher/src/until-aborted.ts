/** A longer timer would fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1;

/** For what nothing else ends. */
export const neverAborted: AbortSignal = new AbortController().signal;

/** Settles like `promise`, or rejects with the reason of `signal` once that is aborted. */
export async function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
    // The loser of the race may still reject.
    promise.catch(() => undefined);
    aborted.catch(() => undefined);
  }
}

/** A signal that aborts with another one, or after so many milliseconds; `clear` once all is done. */
export function timeLimit(
  outer: AbortSignal,
  limitMs: number,
  reason: Error,
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(outer.reason);
  if (outer.aborted) onAbort();
  outer.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => controller.abort(reason), Math.min(limitMs, longestTimerMs));
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", onAbort);
    },
  };
}
