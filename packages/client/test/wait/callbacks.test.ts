import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { ServerError, type SyncLogUpdate, type WaitOptions } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids, smallestWith } from "../fixtures/sync-logs.ts";

const never = new Promise<never>(() => undefined);

it("an abort rejects while the callback of the last update has not settled", async () => {
  const { client, clock } = createScriptedClient(() => ({ status: "completed" }));
  const controller = new AbortController();
  const { signal } = controller;
  const wait = rejection(client.waitForSyncLog(ids, { signal, onProgress: () => never }));
  await clock.advanceBy(10);
  controller.abort("left");
  expect(await wait).toBe("left");
});

it("an abort in the callback of the last update rejects", async () => {
  const { client, clock } = createScriptedClient(() => ({ status: "completed" }));
  const controller = new AbortController();
  const onProgress = (): void => controller.abort("left");
  const wait = client.waitForSyncLog(ids, { signal: controller.signal, onProgress });
  expect(await clock.run(rejection(wait))).toBe("left");
});

it("a callback of another realm that rejects ends the wait with that", async () => {
  const { client, clock } = createScriptedClient(() => ({ status: "completed" }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an async function, made elsewhere
  const onProgress = runInNewContext("async () => { throw 'mine'; }") as WaitOptions["onProgress"];
  expect(await clock.run(rejection(client.waitForSyncLog(ids, { onProgress })))).toBe("mine");
});

it("what one callback does to a sync log is not seen by another, nor by the wait", async () => {
  const { client, clock, polledAtMs } = createScriptedClient((n) => ({
    status: n < 3 ? "ingesting" : "completed",
  }));
  const seen: string[] = [];
  const first = client.waitForSyncLog(ids, {
    onProgress: ({ syncLog }) => {
      Object.assign(syncLog, { status: "shown", self: syncLog });
    },
  });
  const second = client.waitForSyncLog(ids, {
    onProgress: ({ syncLog }) => {
      seen.push(syncLog.status);
    },
  });
  await clock.run(Promise.all([first, second]));
  expect(seen).toEqual(["ingesting", "completed"]);
  expect(polledAtMs).toHaveLength(3);
});

it("a wait that begins in a callback has no part in the polls before it", async () => {
  const { client, clock } = createScriptedClient((n) => ({
    status: n < 3 ? "ingesting" : "completed",
  }));
  const updates: SyncLogUpdate[] = [];
  let inner: Promise<unknown> | undefined;
  await clock.run(
    client.waitForSyncLog(ids, {
      onProgress: () => {
        inner ??= client.waitForSyncLog(ids, { onProgress: (update) => updates.push(update) });
      },
    }),
  );
  await clock.run(Promise.resolve(inner));
  expect(updates.map(({ polls }) => polls)).toEqual([0, 2]);
});

it("what a hook throws ends a wait as it is, even where it is an error of this package", async () => {
  const mine = new ServerError("of another client", {
    status: 503,
    headers: new Headers(),
    body: null,
  });
  let calls = 0;
  const onRequest = (): never => {
    calls += 1;
    throw mine;
  };
  const { client, clock } = createScriptedClient(() => ({}), { hooks: { onRequest } });
  expect(await clock.run(rejection(client.waitForSyncLog(ids)))).toBe(mine);
  expect(calls).toBe(1);
  expect(mine.lastSyncLog).toBeNull();
});

it("an abort leaves no update behind for a reader", async () => {
  const { client, clock } = createScriptedClient((n) => ({ recordsIngested: n }));
  const controller = new AbortController();
  const updates = client.watchSyncLog(ids, { signal: controller.signal });
  await updates.next();
  await clock.advanceBy(5000);
  controller.abort("left");
  expect(await rejection(updates.next())).toBe("left");
  expect(await updates.next()).toEqual({ done: true, value: undefined });
});

it("each unknown status is reported once, however they alternate, and a list is no status", async () => {
  const statuses: unknown[] = [];
  const logger = createLogger({ warn: (_, { status }) => statuses.push(status) });
  const unknown = ["x", "y", ["completed"]];
  const { client, clock } = createScriptedClient(
    (n) => new Response(smallestWith({ status: n > 12 ? "completed" : unknown[n % 3] })),
    { logger },
  );
  const { polls } = await clock.run(client.waitForSyncLog(ids));
  expect(polls).toBe(13);
  expect(statuses).toHaveLength(3);
});

it("headers that change later are those of another wait", async () => {
  const sent: (string | null)[] = [];
  const { client, clock } = createScriptedClient(() => ({}), {
    fetch: (_, init) => {
      sent.push(new Headers(init.headers).get("x-tenant"));
      return Promise.resolve(
        new Response(smallestWith({ status: sent.length < 3 ? "ingesting" : "completed" })),
      );
    },
  });
  const headers = new Headers({ "x-tenant": "a" });
  const wait = client.waitForSyncLog(ids, { headers });
  headers.set("x-tenant", "b");
  await clock.run(wait);
  expect(sent).toEqual(["a", "a", "a"]);
});

it.each([{ timeoutMs: Number.NaN }, { retry: { maxRetries: -1 } }, { headers: { "x a": "b" } }])(
  "bad options are refused, also of a wait that joins another: %j",
  async (options) => {
    const { client, clock } = createScriptedClient(() => ({}));
    const controller = new AbortController();
    const running = rejection(client.waitForSyncLog(ids, { signal: controller.signal }));
    await clock.advanceBy(10);
    const error = await rejection(client.waitForSyncLog(ids, options));
    expect(error).toMatchObject({ code: "invalid_parameter" });
    controller.abort();
    await running;
  },
);

it("an id that is not text is refused as a read refuses it", async () => {
  const { client } = createScriptedClient(() => ({}));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
  const target = { ...ids, id: 10n as unknown as string };
  expect(await rejection(client.waitForSyncLog(target))).toMatchObject({
    code: "invalid_parameter",
    parameter: "id",
  });
});

it.each([undefined, null, 0, Symbol("mine"), Object.create(null)])(
  "a callback that throws %o ends its wait with just that, and no other",
  async (mine) => {
    const { client, clock } = createScriptedClient((n) => ({
      status: n < 3 ? "ingesting" : "completed",
    }));
    const other = client.waitForSyncLog(ids);
    const onProgress = (): never => {
      throw mine;
    };
    expect(await clock.run(rejection(client.waitForSyncLog(ids, { onProgress })))).toBe(mine);
    expect(await clock.run(other)).toMatchObject({ status: "completed" });
  },
);

it("a source of chance that throws ends a wait with that", async () => {
  const mine = new Error("mine");
  const { client, clock } = createScriptedClient(() => ({}), {
    random: () => {
      throw mine;
    },
  });
  expect(await clock.run(rejection(client.waitForSyncLog(ids)))).toBe(mine);
  expect(clock.timerCount).toBe(0);
});
