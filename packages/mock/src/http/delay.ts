/** Waits; rejects with the signal's reason as soon as it is aborted. */
export async function delay(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(toError(signal.reason));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Never resolves; rejects with the signal's reason as soon as it is aborted. */
export async function hang(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(toError(signal.reason)), { once: true });
  });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
