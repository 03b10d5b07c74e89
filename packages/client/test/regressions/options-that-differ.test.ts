import { expect, it } from "vitest";
import { createSyncLogClient, type RequestOptions } from "../../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

const pairs: [string, RequestOptions, RequestOptions][] = [
  ["no limit and the client's", { timeoutMs: Infinity, deadlineMs: 9e5 }, { deadlineMs: 9e5 }],
  ["no deadline and the client's", { deadlineMs: Infinity, timeoutMs: 9e5 }, { timeoutMs: 9e5 }],
];

it.each(pairs)("calls with %s are two requests", async (_, first, second) => {
  const server = await startServer((_request, response) => response.end(smallestAnswer));
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  await Promise.all([client.getSyncLog(ids, first), client.getSyncLog(ids, second)]);
  expect(server.requests).toHaveLength(2);
});

const headersOf = (tenant: string) => new Map([["X-Tenant", tenant]]).entries();

it("headers that can be read once only are sent", async () => {
  const received = new Set<unknown>();
  const server = await startServer((request, response) => {
    received.add(request.headers["x-tenant"]);
    response.end(smallestAnswer);
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  await Promise.all([
    client.getSyncLog(ids, { headers: headersOf("a") }),
    client.getSyncLog(ids, { headers: headersOf("b") }),
    client.getSyncLog(ids, { headers: { "x-tenant": "b" } }),
  ]);
  expect(received).toEqual(new Set(["a", "b"]));
  expect(server.requests).toHaveLength(3);
});
