import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createSyncLogClient, isSyncLogApiError } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it("a header with the key in its name is left out of an error", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(400, { [`x-${apiKey}`]: "1", "x-kept": "1" }).end("{}");
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const error = await rejection(client.getSyncLog(ids));
  if (!isSyncLogApiError(error)) throw new Error("not refused", { cause: error });
  expect([...error.headers.keys()]).toContain("x-kept");
  expect([...error.headers.keys()].join()).not.toContain(apiKey);
});

it.each([apiKey, `"${apiKey}"x`, `{"a":"${apiKey}"]`])(
  "no part of the key shows in what the parser of %s says",
  async (text) => {
    const server = await startServer((_, response) => response.end(text));
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry: false });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "response_format" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey.slice(0, 5));
  },
);
