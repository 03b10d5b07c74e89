import { expect, it } from "vitest";
import { createSyncLogClient, ServerError } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it("a deadline that ends an attempt has the error before it as its cause, as it was", async () => {
  const server = await startServer((_, response) => {
    if (server.requests.length > 1) return;
    response.writeHead(503).end('{"message":"busy","correlationId":"of-the-first"}');
  });
  const client = createSyncLogClient({
    apiKey,
    baseUrl: server.url,
    deadlineMs: 3000,
    retry: { baseDelayMs: 1 },
  });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error).toMatchObject({ code: "deadline_exceeded", correlationId: "of-the-first" });
  expect(error.cause).toBeInstanceOf(ServerError);
  expect(error.cause).toMatchObject({ status: 503, body: { message: "busy" } });
});
