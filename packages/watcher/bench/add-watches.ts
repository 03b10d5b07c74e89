import { bullmqEngine } from "../src/bullmq.ts";

const atATime = 64;

/** Adds watches as a machine does that only starts syncs; resolves to how long it took. */
export async function addWatches(
  redisUrl: string,
  ids: readonly string[],
  workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000",
): Promise<number> {
  const engine = bullmqEngine({ connection: redisUrl });
  const startedAtMs = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      await engine.add({ workspaceId, id, maxWaitMs: 3_600_000 });
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  const tookMs = performance.now() - startedAtMs;
  await engine.close(0);
  return tookMs;
}
