import { setTimeout as sleep } from "node:timers/promises";

/**
 * Resolves once `condition` holds. One that throws does not hold yet: a Redis that is starting, say.
 * Rejects with the description of a condition that never holds.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 100_000,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    let cause: unknown;
    try {
      if (await condition()) return;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain until ${what}.`, { cause });
    await sleep(40);
  }
}
