import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("a function for the key that throws at once is asked again by the next call", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  let asked = 0;
  const client = createSyncLogClient({
    apiKey: () => {
      asked += 1;
      if (asked === 1) throw new Error("vault is sealed");
      return apiKey;
    },
    baseUrl: server.url,
  });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({
    code: "key_function_failed",
    cause: new Error("vault is sealed"),
    attempts: [],
  });
  await expect(client.getSyncLog(ids)).resolves.toEqual({ id: ids.id });
  expect(asked).toBe(2);
});
