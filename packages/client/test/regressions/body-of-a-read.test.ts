import { expect, test } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

test("an object that has a `body` of its own can be passed to an operation that takes none", async () => {
  const server = await startServer((_, response) => {
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const handle = { ...ids, body: exampleSyncLog("completed") };
  await expect(client.getSyncLog(handle)).resolves.toMatchObject({ status: "completed" });
});
