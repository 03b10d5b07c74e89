import { bullmqEngine } from "../src/bullmq.ts";
import type { WatchTarget } from "../src/index.ts";

const atATime = 64;

/** Adds watches as a machine does that only starts syncs; resolves to how long it took. */
export async function addWatches(
  redisUrl: string,
  targets: readonly WatchTarget[],
): Promise<number> {
  const engine = bullmqEngine({ connection: redisUrl });
  const startedAtMs = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let target = targets[next++]; target !== undefined; target = targets[next++]) {
      const { workspaceId, id } = target;
      await engine.add({ workspaceId, id, maxWaitMs: 3_600_000 });
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  const tookMs = performance.now() - startedAtMs;
  await engine.close(0);
  return tookMs;
}
