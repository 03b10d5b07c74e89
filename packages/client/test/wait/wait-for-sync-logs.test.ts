import { describe, expect, it } from "vitest";
import type { SyncLogsProgress, SyncLogTargets } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient, type ScriptedClient } from "../fixtures/scripted-client.ts";

/** A client of syncs that end after as many seconds as their number; those above 90 are not there. */
const client = (): ScriptedClient & { readonly asked: Set<string> } => {
  const asked = new Set<string>();
  const scripted = createScriptedClient(() => new Error("not asked"), {
    polls: "single",
    fetch(url) {
      const id = url.slice(url.lastIndexOf("/") + 1);
      asked.add(id);
      const seconds = Number(id.slice("sync_".length));
      if (seconds > 90) return Promise.resolve(new Response("{}", { status: 404 }));
      const isOver = scripted.clock.nowMs() >= seconds * 1000;
      const status = isOver ? "completed" : "ingesting";
      const counts = { recordsIngested: 50, totalRecordsToIngest: 100 };
      return Promise.resolve(Response.json({ id, status, ...counts }));
    },
  });
  return { ...scripted, asked };
};

const inOne = (...numbers: readonly number[]): SyncLogTargets => ({
  workspaceId: "ws_1",
  ids: numbers.map((number) => `sync_${number}`),
});

const throwMine = (): never => {
  throw new Error("mine");
};

describe("waitForSyncLogs", () => {
  it("gives how each wait ended, in the order of the targets", async () => {
    const { client: one, clock } = client();
    const ends = await clock.run(one.waitForSyncLogs(inOne(20, 99, 5)));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(ends[0]).toMatchObject({ value: { status: "completed", syncLog: { id: "sync_20" } } });
    expect(ends[1]).toMatchObject({ reason: { code: "not_found" } });
  });

  it("takes those of several workspaces, and none", async () => {
    const { client: one, clock } = client();
    const targets = ["a", "b"].map((workspaceId) => ({ workspaceId, id: "sync_1" }));
    expect(await clock.run(one.waitForSyncLogs(targets))).toHaveLength(2);
    expect(await clock.run(one.waitForSyncLogs([]))).toEqual([]);
  });

  it("takes a hole in the targets for one that is none", async () => {
    const { client: one, clock } = client();
    const holes: never[] = [];
    holes.length = 1;
    for (const targets of [holes, [undefined as never], { workspaceId: "ws_1", ids: holes }]) {
      const [end] = await clock.run(one.waitForSyncLogs(targets));
      expect(end).toMatchObject({ status: "rejected", reason: { code: "invalid_parameter" } });
    }
  });

  it("tells of one progress, and not before the promise of the one before is settled", async () => {
    const { client: one, clock } = client();
    const seen: Omit<SyncLogsProgress, "updates">[] = [];
    let running = 0;
    const onProgress = async ({ updates, ...progress }: SyncLogsProgress): Promise<void> => {
      running += 1;
      expect(running).toBe(1);
      expect(updates).toHaveLength(3);
      await new Promise<void>((resolve) => void clock.setTimeout(() => resolve(), 500));
      running -= 1;
      seen.push(progress);
    };
    await clock.run(one.waitForSyncLogs(inOne(20, 99, 5), { onProgress }));
    expect(seen.at(-1)).toEqual({ total: 3, ended: 2, failed: 1, percent: (100 + 100) / 3 });
    expect(seen.map(({ percent }) => percent)).toEqual(
      seen.map(({ percent }) => percent).toSorted((a, b) => a - b),
    );
  });

  it("ends all waits with what onProgress throws, or with an abort", async () => {
    const { client: one, clock } = client();
    const failed = one.waitForSyncLogs(inOne(20, 30), { onProgress: throwMine });
    expect(await clock.run(rejection(failed))).toEqual(new Error("mine"));
    const controller = new AbortController();
    const aborted = rejection(one.waitForSyncLogs(inOne(20, 30), { signal: controller.signal }));
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    await clock.advanceBy(0);
    expect(clock.timerCount).toBe(0);
  });

  it("refuses targets that are no list, and an id that is none by itself", async () => {
    const { client: one, clock } = client();
    const odd = one.waitForSyncLogs({ workspaceId: "ws_1" } as unknown as SyncLogTargets);
    expect(await rejection(odd)).toMatchObject({ code: "invalid_parameter" });
    const ends = await clock.run(one.waitForSyncLogs({ workspaceId: "ws_1", ids: ["", "sync_1"] }));
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});
