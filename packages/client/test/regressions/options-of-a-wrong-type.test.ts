import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it.each([
  { retry: null },
  { retry: 5 },
  { retry: true },
  { headers: "abc" },
  { validate: {} },
  { validate: { validator: {} } },
])("%j is refused when a client is created", (options) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
  const create = (): unknown => createSyncLogClient({ apiKey, ...(options as object) });
  const [parameter] = Object.keys(options);
  expect(create).toThrow(expect.objectContaining({ code: "invalid_parameter", parameter }));
});

it.each([{ retry: null }, { retry: "5" }, { headers: "abc" }])(
  "%j is refused for a call, before any request",
  async (options) => {
    const server = await startServer((_, response) => response.end(smallestAnswer));
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
    const error = await rejection(client.getSyncLog(ids, options as object));
    expect(error).toMatchObject({ code: "invalid_parameter" });
    expect(server.requests).toEqual([]);
  },
);

it("a validator without `onInvalid` refuses what it does not like", async () => {
  const server = await startServer((_, response) => {
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  const validator = { "~standard": { validate: () => ({ issues: [{ message: "is bad" }] }) } };
  const options = { apiKey, baseUrl: server.url, validate: { validator } };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
  const client = createSyncLogClient(options as object);
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({ code: "response_invalid" });
});
