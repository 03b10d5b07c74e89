import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer, smallestWith } from "../fixtures/sync-logs.ts";

const validate = { "~standard": { validate: () => ({ issues: [{ message: "is bad" }] }) } };

it.each([
  ["response_invalid", 200, smallestWith({ correlationId: "of-the-body" }), "of-the-body"],
  ["response_invalid", 200, smallestAnswer, "of-a-header"],
  ["response_format", 200, "<p>", "of-a-header"],
  ["redirect_refused", 302, "", "of-a-header"],
])("an error %s has the correlation id of its answer", async (code, status, body, expected) => {
  const server = await startServer((_, response) => {
    response.writeHead(status, { "x-correlation-id": "of-a-header", location: "/x" }).end(body);
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, validate, retry: false });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({
    code,
    correlationId: expected,
    attempts: [{ correlationId: expected }],
  });
});
