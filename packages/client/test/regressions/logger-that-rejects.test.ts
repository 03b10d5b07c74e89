import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("a logger that rejects leaves no rejection unhandled", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  let logged = 0;
  const log = (): Promise<never> => {
    logged += 1;
    return Promise.reject(new Error("the disk is full"));
  };
  const logger = { debug: log, info: log, warn: log, error: log };
  const unhandled: unknown[] = [];
  const listener = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", listener);
  await createSyncLogClient({ apiKey, baseUrl: server.url, logger }).getSyncLog(ids);
  await new Promise((resolve) => {
    setTimeout(resolve, 10);
  });
  process.off("unhandledRejection", listener);
  expect(logged).toBe(1);
  expect(unhandled).toEqual([]);
});
