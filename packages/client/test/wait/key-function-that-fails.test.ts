import { expect, it } from "vitest";
import { isKeyFunctionError } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it("a function for the key that throws once after a 401 does not end a wait", async () => {
  let asked = 0;
  const { client, clock } = createScriptedClient(
    (n) =>
      n === 2 ? new Response(null, { status: 401 }) : { status: n < 4 ? "ingesting" : "completed" },
    {
      apiKey: () => {
        asked += 1;
        if (asked === 2) throw new Error("vault is sealed");
        return `${apiKey}-${asked}`;
      },
    },
  );
  expect(await clock.run(client.waitForSyncLog(ids))).toMatchObject({ status: "completed" });
  expect(asked).toBe(3);
});

it("one that goes on failing ends it with an error of its own, after `maxFailingMs`", async () => {
  const { client, clock, polledAtMs } = createScriptedClient(() => ({}), {
    apiKey: () => Promise.reject(new Error("vault is sealed")),
  });
  const error = await clock.run(syncLogErrorOf(client.waitForSyncLog(ids)));
  expect(isKeyFunctionError(error)).toBe(true);
  expect(error).toMatchObject({ cause: new Error("vault is sealed"), attempts: [] });
  expect(clock.nowMs()).toBeGreaterThanOrEqual(300_000);
  expect(clock.nowMs()).toBeLessThan(400_000);
  expect(polledAtMs).toEqual([]);
});
