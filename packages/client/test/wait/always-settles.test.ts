import { assert, asyncProperty, check } from "fast-check";
import { expect, it } from "vitest";
import type { WaitResult } from "../../src/index.ts";
import { type ChangeClient, live } from "../fixtures/chaos.ts";
import { anyWorld, calmServer, innocent } from "../fixtures/chaos-worlds.ts";

/** More are a matter of patience: `WAIT_RUNS=20000`. A failure prints its seed and its path. */
const numRuns = Number(process.env["WAIT_RUNS"] ?? 150);
const settings = { numRuns, seed: process.env["WAIT_RUNS"] === undefined ? 13 : Date.now() };

it("settles, in bounded polls, whatever the server and the callbacks do, and leaves nothing behind", async () => {
  const property = asyncProperty(anyWorld, async (world) => {
    expect((await live(world)).complaints).toEqual([]);
  });
  await assert(property, settings);
});

it("comes to the end of the sync, whatever other waits on the stream do", async () => {
  const property = asyncProperty(calmServer, async (world) => {
    const { ends, complaints } = await live({ ...world, waits: [...world.waits, innocent] });
    expect(complaints).toEqual([]);
    expect(ends.at(-1)).toMatchObject({ status: "completed" });
  });
  await assert(property, settings);
});

const faults: Readonly<Record<string, ChangeClient>> = {
  "never settles": (client) => ({
    ...client,
    waitForSyncLog: () => new Promise(() => undefined),
  }),
  "polls after the end": (client, clock) => ({
    ...client,
    async waitForSyncLog(...input) {
      clock.setTimeout(() => void client.getSyncLog(input[0]).catch(() => undefined), 3_600_000);
      return client.waitForSyncLog(...input);
    },
  }),
  "leaves a rejection to nobody": (client) => ({
    ...client,
    waitForSyncLog(...input) {
      void client.waitForSyncLog(...input);
      return client.waitForSyncLog(...input);
    },
  }),
  "gives all the end of the first": (client) => {
    let first: Promise<WaitResult> | undefined;
    return { ...client, waitForSyncLog: (...input) => (first ??= client.waitForSyncLog(...input)) };
  },
  "polls without bound": (client) => ({
    ...client,
    async waitForSyncLog(...input) {
      const call = (): Promise<unknown> => client.getSyncLog(input[0], { timeoutMs: 1 });
      await Promise.allSettled(Array.from({ length: 60 }, call));
      return client.waitForSyncLog(...input);
    },
  }),
};

it.each(Object.entries(faults))("would see a client that %s", async (_, change) => {
  const property = asyncProperty(anyWorld, async (world) => {
    expect((await live(world, change)).complaints).toEqual([]);
  });
  const { failed } = await check(property, { ...settings, numRuns: 50, endOnFailure: true });
  expect(failed).toBe(true);
});
