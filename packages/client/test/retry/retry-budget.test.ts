import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createRetryBudget } from "../../src/retry/retry-budget.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it("does not multiply an outage: 300 failing calls make at most 100 requests more", async () => {
  const server = await startServer((_, response) => {
    response.statusCode = 503;
    response.end();
  });
  const retry = { baseDelayMs: 1, maxDelayMs: 1 };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry });
  for (let round = 0; round < 10; round += 1) {
    const calls = Array.from({ length: 30 }, (_, index) =>
      rejection(client.getSyncLog({ ...ids, id: `sync_${round}_${index}` })),
    );
    await Promise.all(calls);
  }
  expect(server.requests).toHaveLength(400);
});

it("is refilled by successes, and by no more than it holds", () => {
  const budget = createRetryBudget();
  for (let retry = 0; retry < 100; retry += 1) expect(budget.take(false)).toBe(5);
  expect(budget.take(false)).toBe(0);
  for (let success = 0; success < 4; success += 1) budget.succeed(0);
  expect(budget.take(false)).toBe(0);
  budget.succeed(5);
  expect(budget.take(false)).toBe(5);
  for (let success = 0; success < 5000; success += 1) budget.succeed(5);
  for (let retry = 0; retry < 50; retry += 1) expect(budget.take(true)).toBe(10);
  expect(budget.take(true)).toBe(0);
});

it("loses nothing by retries that succeed, after timeouts too", () => {
  const budget = createRetryBudget();
  for (let round = 0; round < 200; round += 1) budget.succeed(budget.take(true));
  for (let retry = 0; retry < 50; retry += 1) expect(budget.take(true)).toBe(10);
});
