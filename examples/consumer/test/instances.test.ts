import type { MockServer, SyncHandle } from "@qontext/sync-log-mock";
import { mockServer } from "@qontext/sync-log-mock/vitest";
import { test as base, describe, expect } from "vitest";
import { startIngestionServer } from "./support/start-ingestion-server.ts";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startService } from "./support/start-service.ts";

const test = base.extend({ mock: mockServer({ seed: 1 }) });
const soon = { timeout: 60_000, interval: 50 };

const settings = (mock: MockServer, ingestionUrl: string, { workspaceId }: SyncHandle) => ({
  QONTEXT_API_KEY: "q_sk_test",
  QONTEXT_BASE_URL: mock.url,
  QONTEXT_WORKSPACE_ID: workspaceId,
  INGESTION_URL: ingestionUrl,
});

describeRedis("with Redis, an import that one instance has started", () => {
  test("is reported ended by another, when the first one was stopped", async ({ mock }) => {
    const { workspaceId } = mock.sync();
    const running = { recordsIngested: 5, totalRecordsToIngest: 10 };
    const good = mock.sync({ workspaceId }).at("ingesting", running);
    const bad = mock.sync({ workspaceId }).at("ingesting", running);
    await using redis = await startRedis();
    await using ingestion = await startIngestionServer([good.id, bad.id]);
    const env = { ...settings(mock, ingestion.url, good), REDIS_URL: redis.url };

    await using first = await startService(env);
    for (const { id } of [good, bad]) {
      expect(await first.startImport()).toBe(id);
      await expect.poll(() => first.find(id), soon).toEqual({ id, state: "running", percent: 50 });
    }
    expect(await first.stop()).toBe(0);
    good.at("completed");
    bad.at("failed", { errorMessage: "E42", userFacingErrorMessage: "The source is gone." });

    await using second = await startService(env);
    await expect
      .poll(() => second.find(good.id), soon)
      .toEqual({ id: good.id, state: "completed", percent: 100 });
    await expect
      .poll(() => second.find(bad.id), soon)
      .toMatchObject({ state: "failed", message: "The source is gone." });
    for (const id of ["sync_none", "%01"]) {
      expect(await second.find(id)).toEqual({ error: "There is no such import." });
    }
  });
});

describe("without Redis, an import", () => {
  test("is followed by the instance that has started it", async ({ mock }) => {
    const sync = mock.sync().at("completed");
    await using ingestion = await startIngestionServer([sync.id]);
    await using service = await startService(settings(mock, ingestion.url, sync));
    const id = await service.startImport();
    await expect.poll(() => service.find(id), soon).toMatchObject({ state: "completed" });
    expect(await service.stop()).toBe(0);
  });
});
