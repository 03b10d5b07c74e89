import { expect, it } from "vitest";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids, smallestWith } from "../fixtures/sync-logs.ts";

it.each([
  ['{"toString":1,"valueOf":1}', '{"toString":1,"valueOf":1}'],
  ["null", "null"],
  ["[]", "[]"],
  ["5", "5"],
])("a status %s is waited through like any that is not known", async (status, shown) => {
  const { client, clock } = createScriptedClient(
    () => new Response(smallestWith({ status: JSON.parse(status) })),
  );
  const error = await clock.run(rejection(client.waitForSyncLog(ids, { maxWaitMs: 5000 })));
  expect(error).toMatchObject({
    code: "wait_timeout",
    lastSyncLog: { status: JSON.parse(status) },
  });
  expect(String(error)).toContain(`saw it last as ${shown}.`);
});
