import { expect, it } from "vitest";
import type { SyncLogUpdate } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient, type ScriptedClient } from "../fixtures/scripted-client.ts";
import { ids } from "../fixtures/sync-logs.ts";

/** A sync with another count in each second, which ends with the sixth poll. */
const sixPolls = (options = {}): ScriptedClient =>
  createScriptedClient(
    (n) => ({
      status: n < 6 ? "ingesting" : "completed",
      recordsIngested: n,
      totalRecordsToIngest: null,
    }),
    options,
  );

const hang = (): Promise<never> => new Promise(() => undefined);

const sleep = ({ clock }: ScriptedClient, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.setTimeout(() => resolve(), delayMs));

it("runs one callback at a time, skips to the latest state, and waits for the last one", async () => {
  const scripted = sixPolls();
  const seen: unknown[] = [];
  let running = 0;
  const onProgress = async ({ syncLog }: SyncLogUpdate): Promise<void> => {
    running += 1;
    seen.push([syncLog.recordsIngested, running]);
    await sleep(scripted, 2100);
    running -= 1;
  };
  const { clock, client } = scripted;
  const result = await clock.run(client.waitForSyncLog(ids, { onProgress }));
  expect(result.status).toBe("completed");
  expect([running, clock.timerCount]).toEqual([0, 0]);
  expect(seen.every((one) => String(one).endsWith(",1"))).toBe(true);
  expect(seen.length).toBeLessThan(6);
  expect(seen.at(-1)).toEqual([6, 1]);
});

it("rejects with what a callback rejects with, even where it ends after the sync", async () => {
  const scripted = sixPolls();
  const { clock, client } = scripted;
  const onProgress = async (): Promise<never> => {
    await sleep(scripted, 30_000);
    throw new Error("mine");
  };
  expect(await clock.run(rejection(client.waitForSyncLog(ids, { onProgress })))).toEqual(
    new Error("mine"),
  );
});

it("rejects with what a callback rejects with where the wait fails while it runs", async () => {
  const scripted = createScriptedClient((n) =>
    n === 1 ? {} : new Response(null, { status: 403 }),
  );
  const { clock, client, polledAtMs } = scripted;
  const onProgress = async (): Promise<never> => {
    await sleep(scripted, 30_000);
    throw new Error("mine");
  };
  const error = await clock.run(rejection(client.waitForSyncLog(ids, { onProgress })));
  expect(error).toEqual(new Error("mine"));
  expect(polledAtMs).toHaveLength(2);
  const calm = createScriptedClient((n) => (n === 1 ? {} : new Response(null, { status: 403 })));
  const wait = calm.client.waitForSyncLog(ids, { onProgress: () => sleep(calm, 30_000) });
  expect(await calm.clock.run(rejection(wait))).toMatchObject({ code: "permission_denied" });
});

it("does not wait longer than the wait may last for a callback that never ends", async () => {
  const { clock, client } = sixPolls();
  const wait = client.waitForSyncLog(ids, { onProgress: hang, maxWaitMs: 60_000 });
  expect(await clock.run(wait)).toMatchObject({ status: "completed" });
  expect([clock.nowMs(), clock.timerCount]).toEqual([60_000, 0]);
  const endless = createScriptedClient(() => ({}));
  const timedOut = endless.client.waitForSyncLog(ids, { onProgress: hang, maxWaitMs: 60_000 });
  expect(await endless.clock.run(rejection(timedOut))).toMatchObject({ code: "wait_timeout" });
});

it("logs what a callback rejects with after its wait was aborted", async () => {
  const logged: unknown[] = [];
  const logger = createLogger({ warn: (text, fields) => logged.push([text, fields["message"]]) });
  const scripted = sixPolls({ logger });
  const controller = new AbortController();
  const onProgress = async (): Promise<never> => {
    await sleep(scripted, 1000);
    throw new Error("mine");
  };
  const { clock, client } = scripted;
  const wait = rejection(client.waitForSyncLog(ids, { onProgress, signal: controller.signal }));
  await clock.advanceBy(10);
  controller.abort("left");
  expect(await wait).toBe("left");
  await clock.advanceBy(1000);
  expect(logged).toEqual([["`onProgress` failed after its wait had ended.", "mine"]]);
});
