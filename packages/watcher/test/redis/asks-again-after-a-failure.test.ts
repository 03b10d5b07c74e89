import type { RedisQueueBackend } from "bullmq";
import { expect, test } from "vitest";
import { createPulse } from "../../src/redis/pulse.ts";
import { steadyBackend } from "../../src/redis/steady-backend.ts";

/** What a worker asks for, from a backend whose answers the test gives. */
function startFetching(answer: () => Promise<unknown[]>) {
  const calls: string[] = [];
  const fake = {
    execCommand: async () => null,
    moveToActive: () => {
      calls.push("moveToActive");
      return answer();
    },
    waitForJob: async () => {
      calls.push("waitForJob");
      return null;
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a backend, these three are called
  const create = () => fake as unknown as RedisQueueBackend;
  const pulse = createPulse(15_000, () => undefined);
  // Aborted: then nothing waits.
  const backend = steadyBackend(create, pulse, AbortSignal.abort());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a worker, nothing is read
  const worker = {} as never;
  return { calls, backend: backend("polls", worker, worker), worker };
}

test("after a failure a worker asks for work, and is not asleep when Redis has recovered", async () => {
  let isDown = true;
  const { calls, backend, worker } = startFetching(async () => {
    if (isDown) throw new Error("READONLY");
    return [];
  });
  await backend.waitForJob(5);
  await expect(backend.moveToActive("token", worker)).rejects.toThrow("READONLY");
  expect(await backend.waitForJob(5)).toBeNull();
  isDown = false;
  await backend.moveToActive("token", worker);
  await backend.waitForJob(5);
  expect(calls).toEqual(["waitForJob", "moveToActive", "moveToActive", "waitForJob"]);
});
