import { createSyncLogClient } from "@qontext/sync-log-client";
import type { MockServer, SyncHandle } from "@qontext/sync-log-mock";
import { mockServer } from "@qontext/sync-log-mock/vitest";
import { test as base, describe, expect } from "vitest";
import { createApp } from "../src/create-app.ts";
import { createLocalTracker } from "../src/create-local-tracker.ts";

const test = base.extend({ mock: mockServer({ seed: 1 }) });

/** The service with a client that speaks to the mock, and an ingestion that starts this sync. */
function service(mock: MockServer, sync: SyncHandle) {
  const client = createSyncLogClient({ apiKey: "q_sk_test", baseUrl: mock.url });
  const often = { minIntervalMs: 1, maxIntervalMs: 5 };
  const tracker = createLocalTracker(client, async () => sync.id, sync.workspaceId, often);
  return { app: createApp(tracker), tracker };
}

const body = {
  method: "POST",
  body: JSON.stringify([{ name: "Ada" }]),
  headers: { "content-type": "application/json" },
};

describe("an import", () => {
  test("is completed when its sync is", async ({ mock }) => {
    const sync = mock.sync().follow("completed", { totalRecords: 10 });
    const { app, tracker } = service(mock, sync);
    const started = await app.request("/imports", body);
    expect([started.status, await started.json()]).toEqual([
      202,
      { id: sync.id, state: "running", percent: null },
    ]);
    await expect.poll(async () => (await tracker.find(sync.id))?.state).toBe("completed");
    const found = await app.request(`/imports/${sync.id}`);
    expect(await found.json()).toEqual({ id: sync.id, state: "completed", percent: 100 });
  });

  test("survives a service that is away for a moment", async ({ mock }) => {
    const sync = mock.sync().follow("completed");
    sync.fault({ kind: "status", status: 503 }, { times: 1 });
    const { app, tracker } = service(mock, sync);
    await app.request("/imports", body);
    await expect.poll(async () => (await tracker.find(sync.id))?.state).toBe("completed");
  });

  test("tells why it failed, in words for users", async ({ mock }) => {
    const sync = mock
      .sync()
      .at("failed", { errorMessage: "E42", userFacingErrorMessage: "The source is gone." });
    const { app, tracker } = service(mock, sync);
    await app.request("/imports", body);
    await expect
      .poll(() => tracker.find(sync.id))
      .toMatchObject({
        state: "failed",
        message: "The source is gone.",
      });
  });

  test("is given up when the service stops, and is not called failed", async ({ mock }) => {
    const sync = mock.sync().at("ingesting");
    const { app, tracker } = service(mock, sync);
    await app.request("/imports", body);
    await tracker.stop();
    expect(await tracker.find(sync.id)).toMatchObject({
      state: "unknown",
      message: "The service is stopping.",
    });
  });

  test("that nobody started is not found, and one without records is refused", async ({ mock }) => {
    const { app } = service(mock, mock.sync());
    expect((await app.request("/imports/sync_none")).status).toBe(404);
    expect((await app.request("/imports", { ...body, body: "{}" })).status).toBe(400);
  });
});
