import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export async function delay(delayMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Never resolves; rejects with the signal's reason as soon as it is aborted. */
export async function hang(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
  signal.throwIfAborted();
}
