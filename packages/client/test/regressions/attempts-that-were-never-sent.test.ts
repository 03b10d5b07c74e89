import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("a request that a hook made impossible is no attempt, and nothing to retry", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  const asked: unknown[] = [];
  const client = createSyncLogClient({
    apiKey,
    baseUrl: server.url,
    retry: (context) => asked.push(context) < 3,
    hooks: {
      onRequest(request) {
        request.headers["x-api-key"] = "mine";
      },
    },
  });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error).toMatchObject({ code: "invalid_parameter", attempts: [] });
  expect(asked).toEqual([]);
  expect(server.requests).toEqual([]);
});

it("a key that can't be had again ends a call with the attempts until then", async () => {
  const server = await startServer((_, response) => response.writeHead(401).end());
  let asked = 0;
  const client = createSyncLogClient({
    apiKey: () => {
      asked += 1;
      return asked === 1 ? apiKey : Promise.reject(new Error("vault is sealed"));
    },
    baseUrl: server.url,
  });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error.code).toBe("key_function_failed");
  expect(error.attempts).toMatchObject([{ status: 401 }]);
});
