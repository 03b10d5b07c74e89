import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";
it.each([
  ["a text", apiKey],
  ["an object", { a: apiKey }],
  ["a list", [apiKey]],
])(
  "a key that a server sends back as a status, as %s, shows in no log and no error",
  async (_, status) => {
    const server = await startServer((_r, response) => {
      response.end(JSON.stringify({ ...exampleSyncLog("ingesting"), status, id: { key: apiKey } }));
    });
    const logged: unknown[] = [];
    const log = (...entry: unknown[]): void => void logged.push(entry);
    const logger = { debug: log, info: log, warn: log, error: log };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, logger });
    const error = await rejection(
      client.waitForSyncLog(ids, { maxWaitMs: 2000, minIntervalMs: 10 }),
    );
    expect(inspect(logged, { depth: 9 })).not.toContain(apiKey);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey);
    expect(JSON.stringify(error)).not.toContain(apiKey);
    expect(logged.length).toBeGreaterThan(0);
    expect(error).toMatchObject({ code: "wait_timeout" });
  },
);
