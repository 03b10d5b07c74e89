import { describe, expect, it } from "vitest";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids } from "../fixtures/sync-logs.ts";

describe("watchSyncLog", () => {
  it("gives each change and ends with the terminal update", async () => {
    const { client, clock } = createScriptedClient((n) => ({
      status: n < 3 ? "preparing" : n < 5 ? "ingesting" : "failed",
    }));
    const statuses: string[] = [];
    const watch = async (): Promise<void> => {
      for await (const update of client.watchSyncLog(ids)) statuses.push(update.syncLog.status);
    };
    await clock.run(watch());
    expect(statuses).toEqual(["preparing", "ingesting", "failed"]);
    expect(clock.timerCount).toBe(0);
  });

  it("sends nothing until it is read, and nothing after the loop is left", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) => ({ recordsIngested: n }));
    const updates = client.watchSyncLog(ids);
    await clock.advanceBy(10_000);
    expect(polledAtMs).toEqual([]);
    const readTwo = async (): Promise<void> => {
      let read = 0;
      for await (const _ of updates) {
        read += 1;
        if (read === 2) break;
      }
    };
    await clock.run(readTwo());
    const polls = polledAtMs.length;
    expect(clock.timerCount).toBe(0);
    await clock.advanceBy(100_000);
    expect(polledAtMs).toHaveLength(polls);
    expect(await updates.next()).toEqual({ done: true, value: undefined });
  });

  it("ends at once when it is left while a read is under way", async () => {
    const { client, clock } = createScriptedClient(() => ({}));
    const updates = client.watchSyncLog(ids);
    await clock.run(updates.next());
    const read = updates.next();
    await updates.return?.();
    expect(await read).toEqual({ done: true, value: undefined });
    expect(clock.timerCount).toBe(0);
  });

  it("throws what a wait rejects with, once, and is over then", async () => {
    const { client, clock } = createScriptedClient((n) =>
      n < 3 ? {} : new Response(null, { status: 403 }),
    );
    const updates = client.watchSyncLog(ids);
    await clock.run(updates.next());
    expect(await clock.run(rejection(updates.next()))).toMatchObject({ code: "permission_denied" });
    expect(await updates.next()).toEqual({ done: true, value: undefined });
  });

  it("rejects with the reason of its signal, before and after it has begun", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({}));
    const before = client.watchSyncLog(ids, { signal: AbortSignal.abort("left") });
    expect(await rejection(before.next())).toBe("left");
    expect(polledAtMs).toEqual([]);
    const controller = new AbortController();
    const updates = client.watchSyncLog(ids, { signal: controller.signal });
    await clock.run(updates.next());
    controller.abort("left later");
    expect(await rejection(updates.next())).toBe("left later");
  });

  it("keeps for a slow reader every status, and of each the latest counts", async () => {
    const { client, clock } = createScriptedClient((n) => ({
      status: n < 10 ? "preparing" : n < 20 ? "ingesting" : "completed",
      recordsIngested: n,
    }));
    const updates = client.watchSyncLog(ids);
    await clock.run(updates.next());
    await clock.advanceBy(1_000_000);
    const rest: unknown[] = [];
    for await (const { syncLog } of updates) rest.push([syncLog.status, syncLog.recordsIngested]);
    expect(rest).toEqual([
      ["preparing", 9],
      ["ingesting", 19],
      ["completed", 20],
    ]);
  });

  it("serves several reads at once in order", async () => {
    const { client, clock } = createScriptedClient((n) => ({
      recordsIngested: n,
      status: n < 3 ? "ingesting" : "completed",
    }));
    const updates = client.watchSyncLog(ids);
    const reads = Promise.all([updates.next(), updates.next(), updates.next(), updates.next()]);
    const results = await clock.run(reads);
    expect(results.map(({ value }) => value?.syncLog.recordsIngested)).toEqual([
      1,
      2,
      3,
      undefined,
    ]);
  });
});
