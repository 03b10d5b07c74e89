import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it.each([
  ['[{"toString":1}]', "answered 503. Try again"],
  ['{"toString":1}', "answered 503. Try again"],
  ['["no space", {"toString":1}, null, "no time"]', "answered 503: no space, no time. Try again"],
])("of a message %s the error has the texts alone", async (message, shown) => {
  const client = createSyncLogClient({
    apiKey,
    retry: false,
    fetch: () => Promise.resolve(new Response(`{"message":${message}}`, { status: 503 })),
  });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error.code).toBe("server_error");
  expect(error.message).toContain(shown);
});
