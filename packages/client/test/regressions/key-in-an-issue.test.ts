import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createSyncLogClient, isResponseValidationError } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestWith } from "../fixtures/sync-logs.ts";

it("a key that a validator puts into its issues does not show in the error", async () => {
  const server = await startServer((_, response) => {
    response.end(smallestWith({ note: apiKey, [apiKey]: 1 }));
  });
  const issue = {
    message: `expected a date, got ${apiKey}`,
    path: ["note", { key: apiKey }, apiKey, 0],
    keyword: "format",
    input: apiKey,
  };
  const validate = { "~standard": { validate: () => ({ issues: [issue] }) } };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, validate });
  const error = await rejection(client.getSyncLog(ids));
  if (!isResponseValidationError(error)) throw new Error("not refused", { cause: error });
  expect(error.issues).toEqual([
    {
      message: "expected a date, got [redacted]",
      path: ["note", { key: "[redacted]" }, "[redacted]", 0],
      keyword: "format",
    },
  ]);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey);
});

it("a number in a body is shown even where the key has the same digits", async () => {
  const server = await startServer((_, response) =>
    response.end(smallestWith({ count: 12_345_678 })),
  );
  const validate = { "~standard": { validate: () => ({ issues: [{ message: "is bad" }] }) } };
  const client = createSyncLogClient({ apiKey: "12345678", baseUrl: server.url, validate });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({
    code: "response_invalid",
    body: { count: 12_345_678 },
  });
});
