import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, type SyncLogUpdate } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

describe("waiters for one sync log", () => {
  it("share one stream of polls, whatever their pace", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) => ({
      status: n < 8 ? "ingesting" : "completed",
      recordsIngested: n,
    }));
    const waits = Array.from({ length: 100 }, (_, index) =>
      client.waitForSyncLog(ids, { minIntervalMs: 1000 + index }),
    );
    const results = await clock.run(Promise.all(waits));
    expect(polledAtMs).toHaveLength(8);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["completed"]));
  });

  it("each get their own updates, from what is known at once", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) => ({
      status: n < 4 ? "ingesting" : "completed",
    }));
    const seen: SyncLogUpdate[][] = [[], []];
    const first = client.waitForSyncLog(ids, { onProgress: (update) => seen[0]?.push(update) });
    await clock.advanceBy(500);
    const second = client.waitForSyncLog(ids, { onProgress: (update) => seen[1]?.push(update) });
    await clock.advanceBy(0);
    expect(polledAtMs).toEqual([0]);
    expect(seen[1]?.map(({ polls, elapsedMs }) => [polls, elapsedMs])).toEqual([[0, 0]]);
    await clock.run(Promise.all([first, second]));
    expect(seen.map((updates) => updates.at(-1)?.polls)).toEqual([4, 3]);
  });

  it("leave one by one: an abort or an end of one does not touch the others", async () => {
    const { client, clock } = createScriptedClient((_, nowMs) => ({
      status: nowMs < 100_000 ? "ingesting" : "completed",
    }));
    const controller = new AbortController();
    const leaving = rejection(client.waitForSyncLog(ids, { signal: controller.signal }));
    const short = rejection(client.waitForSyncLog(ids, { maxWaitMs: 3000 }));
    const broken = rejection(
      client.waitForSyncLog(ids, {
        onProgress() {
          throw new Error("mine");
        },
      }),
    );
    const staying = client.waitForSyncLog(ids);
    await clock.advanceBy(2000);
    controller.abort("left");
    expect(await leaving).toBe("left");
    expect(await broken).toEqual(new Error("mine"));
    expect(await clock.run(short)).toMatchObject({ code: "wait_timeout", elapsedMs: 3000 });
    expect(await clock.run(staying)).toMatchObject({ status: "completed" });
    expect(clock.timerCount).toBe(0);
  });

  it("each get an error of their own from a poll that fails", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) =>
      n < 2 ? { status: "ingesting" } : new Response(null, { status: 403 }),
    );
    const waits = [client.waitForSyncLog(ids), client.waitForSyncLog(ids)].map(rejection);
    const [first, second] = await clock.run(Promise.all(waits));
    expect(polledAtMs).toHaveLength(2);
    for (const error of [first, second]) {
      expect(error).toMatchObject({
        code: "permission_denied",
        attempts: [{ status: 403 }],
        lastSyncLog: { status: "ingesting" },
        history: [{ status: "ingesting" }],
      });
    }
    expect(first).not.toBe(second);
  });

  it("can wait again from within a callback, and after the end", async () => {
    const { client, clock } = createScriptedClient((n) => ({
      status: n < 3 ? "ingesting" : "completed",
    }));
    let inner: Promise<unknown> | undefined;
    const onProgress = (): void => {
      inner ??= client.waitForSyncLog(ids);
    };
    await clock.run(client.waitForSyncLog(ids, { onProgress }));
    expect(await inner).toMatchObject({ status: "completed" });
    expect(await client.waitForSyncLog(ids)).toMatchObject({ status: "completed", polls: 1 });
  });

  it("do not share with waiters of another sync log, workspace or header", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({ status: "completed" }));
    await clock.run(
      Promise.all([
        client.waitForSyncLog(ids),
        client.waitForSyncLog({ ...ids, id: "other" }),
        client.waitForSyncLog({ ...ids, workspaceId: "other" }),
        client.waitForSyncLog(ids, { headers: { "x-a": "1" } }),
      ]),
    );
    expect(polledAtMs).toHaveLength(4);
  });
});

it("1,000 waits on one signal end with it, and leave nothing on it", async () => {
  const { client, clock } = createScriptedClient(() => ({}));
  const controller = new AbortController();
  const { signal } = controller;
  const waits = Array.from({ length: 1000 }, (_, index) =>
    rejection(client.waitForSyncLog({ ...ids, id: `sync_${index}` }, { signal })),
  );
  await clock.advanceBy(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort("over");
  expect(new Set(await Promise.all(waits))).toEqual(new Set(["over"]));
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(clock.timerCount).toBe(0);
});

it("an abort stops a poll that is under way on the wire", async () => {
  const closed = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  const server = await startServer((_, response) => {
    response.on("close", () => closed.resolve(undefined));
    reached.resolve(undefined);
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const controller = new AbortController();
  const wait = rejection(client.waitForSyncLog(ids, { signal: controller.signal }));
  await reached.promise;
  controller.abort("left");
  expect(await wait).toBe("left");
  await closed.promise;
  expect(server.requests).toHaveLength(1);
});

it("follows a sync over the wire, from pending to completed, through a 503", async () => {
  const steps = ["pending", "preparing", "503", "ingesting", "completed"];
  const server = await startServer((_, response) => {
    const step = steps[server.requests.length - 1] ?? "completed";
    if (step === "503") response.writeHead(503).end();
    else response.end(JSON.stringify(exampleSyncLog(step)));
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const bounds = { minIntervalMs: 5, maxIntervalMs: 10 };
  const result = await client.waitForSyncLog(ids, bounds);
  expect(result).toMatchObject({ status: "completed", polls: 5 });
  expect(result.syncLog.recordsIngested).toBe(1800);
});
