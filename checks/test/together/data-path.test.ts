import { createSyncLogClient } from "@qontext/sync-log-client";
import { startMockServer } from "@qontext/sync-log-mock";
import { syncLogLifecycle } from "@qontext/sync-log-schema";
import { expect, test } from "vitest";

// The path of one call, from the OpenAPI document to the response, that ARCHITECTURE.md describes: the mock and the
// client are both made from the document, a 503 is retried, and a wait follows the lifecycle to its end.
test("a forced 503 is retried, then the wait follows the sync from pending to completed", async () => {
  await using mock = await startMockServer();
  const sync = mock.sync().follow("completed", { totalRecords: 1800 });
  sync.fault({ kind: "status", status: 503 }, { times: 1 });
  const client = createSyncLogClient({ apiKey: "q_sk_any", baseUrl: mock.url });

  const statuses: string[] = [];
  const { status, syncLog } = await client.waitForSyncLog(sync, {
    retry: { baseDelayMs: 1 },
    minIntervalMs: 1,
    maxIntervalMs: 2,
    onProgress: (update) => statuses.push(update.syncLog.status),
  });

  expect(status).toBe("completed");
  expect(syncLog.recordsIngested).toBe(1800);
  expect([...new Set(statuses)]).toEqual(syncLogLifecycle.order);
  expect(mock.requests.map((request) => request.status).slice(0, 2)).toEqual([503, 200]);
  const keys = mock.requests.map((request) => JSON.stringify(request)).join("");
  expect(keys).not.toContain("q_sk_any");
});
