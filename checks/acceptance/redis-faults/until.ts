import { setTimeout as sleep } from "node:timers/promises";

/** Waits for a condition; false if it does not come about in time. */
export async function becomes(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (performance.now() < deadlineMs) {
    if (await Promise.resolve(condition()).catch(() => false)) return true;
    await sleep(50);
  }
  return false;
}
