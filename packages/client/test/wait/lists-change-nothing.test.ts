import { assert, asyncProperty, check } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyWorkspace,
  endsAtMs,
  idOf,
  laggingWorkspace,
  promptWorkspace,
  type Workspace,
} from "@qontext/sync-log-test-support/workspace-worlds";
import { type ChangeClient, type Lived, liveIn } from "../fixtures/live-in-workspace.ts";

/** More are a matter of patience: `WAIT_RUNS=20000`. A failure prints its seed and its path. */
const numRuns = Number(process.env["WAIT_RUNS"] ?? 60);
const settings = { numRuns, seed: process.env["WAIT_RUNS"] === undefined ? 17 : Date.now() };

/** After so long a read goes on beside a list, and is answered. */
const listMs = 1100;
/** A list that lags is found out before its lag adds so much. */
const lagMs = 60_000;

/** What was read sooner than it may be. The last read before a deadline may come sooner. */
function hasty({ syncs }: Workspace, { readsAtMs, listsAtMs }: Lived): readonly string[] {
  const complaints: string[] = [];
  for (const [index, { wait, startsAtMs }] of syncs.entries()) {
    const times = readsAtMs.get(idOf(index)) ?? [];
    for (const [at, time] of times.entries()) {
      const gapMs = time - (times[at - 1] ?? -Infinity);
      const isLast = time >= startsAtMs + wait.maxWaitMs - 100;
      // A sum of moments may be a little less than it says.
      if (gapMs < wait.minIntervalMs - 0.001 && !isLast)
        complaints.push(`${index} after ${gapMs} ms`);
    }
  }
  const leastMs = Math.min(...syncs.map(({ wait }) => wait.minIntervalMs));
  for (const [at, time] of listsAtMs.entries()) {
    const gapMs = time - (listsAtMs[at - 1] ?? -Infinity);
    if (gapMs < leastMs) complaints.push(`a list after ${gapMs} ms`);
  }
  return complaints;
}

/** Which waits learnt of the end of their sync later than `lateMs` after their longest interval. */
function late(workspace: Workspace, { waits }: Lived, lateMs: number): readonly string[] {
  return workspace.syncs.flatMap((sync, index) => {
    const { end = "", atMs = 0 } = waits[index] ?? {};
    if (end !== sync.end) return [];
    const { forMs } = workspace.outage;
    const { maxIntervalMs } = sync.wait;
    const afterMs = atMs - Math.max(endsAtMs(sync), sync.startsAtMs);
    // A poll that fails in an outage is followed by one pause more.
    const mostMs = maxIntervalMs + lateMs + (forMs > 0 ? forMs + maxIntervalMs : 0);
    return afterMs > mostMs ? [`${index} after ${afterMs} ms`] : [];
  });
}

const property = (lateMs: number, change?: ChangeClient) => async (workspace: Workspace) => {
  const single = await liveIn(workspace, "single");
  const auto = await liveIn(workspace, "auto", change);
  expect(auto.waits.map(({ end }) => end)).toEqual(single.waits.map(({ end }) => end));
  expect(single.listsAtMs).toEqual([]);
  expect(hasty(workspace, auto)).toEqual([]);
  expect(late(workspace, auto, lateMs)).toEqual([]);
  expect(auto.timersLeft).toBe(0);
};

describe("lists in the place of polls", () => {
  it("change no outcome, hurry nothing and delay nothing, however they fail", async () => {
    await assert(asyncProperty(promptWorkspace, property(listMs)), settings);
  });

  it("are found out where they lag steadily, or stand still", async () => {
    await assert(asyncProperty(laggingWorkspace, property(lagMs)), settings);
  });

  it("do no lasting harm where they lag or stand still", async () => {
    // Each is read by itself every five minutes, one of a few at a time.
    await assert(asyncProperty(anyWorkspace, property(600_000)), settings);
  });

  it.each<[string, ChangeClient]>([
    [
      "takes what a list lacks for absent",
      (client) => ({
        async waitForSyncLog(target, options) {
          const list = await client.listSyncLogs(target).catch(() => null);
          if (list?.some(({ id }) => id === target.id) === false) throw new Error("absent");
          return client.waitForSyncLog(target, options);
        },
      }),
    ],
    [
      "takes a list's word for the end",
      (client) => ({
        async waitForSyncLog(target, options) {
          const list = await client.listSyncLogs(target).catch(() => []);
          const row = list.find(({ id }) => id === target.id);
          if (row?.status !== "completed") return client.waitForSyncLog(target, options);
          return client.waitForSyncLog({ ...target, id: "sync_0" }, options);
        },
      }),
    ],
    [
      "waits for its list before it polls",
      (client) => ({
        async waitForSyncLog(target, options) {
          await client.listSyncLogs(target, { retry: false }).catch(() => null);
          return client.waitForSyncLog(target, options);
        },
      }),
    ],
  ])("would show a client that %s", async (_, change) => {
    const { failed } = await check(asyncProperty(anyWorkspace, property(listMs, change)), {
      ...settings,
      numRuns: 60,
      endOnFailure: true,
    });
    expect(failed).toBe(true);
  });
});
