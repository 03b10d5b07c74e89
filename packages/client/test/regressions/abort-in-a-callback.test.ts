import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

/** What the client calls between two attempts, while it waits for nothing that an abort could stop. */
const callbacks: [string, (abort: () => void) => SyncLogClientOptions][] = [
  ["the logger", (abort) => ({ logger: createLogger({ warn: abort }) })],
  [
    "a retry function",
    (abort) => ({
      retry: () => {
        abort();
        return 1;
      },
    }),
  ],
  [
    "the source of random numbers",
    (abort) => ({
      random: () => {
        abort();
        return 0;
      },
    }),
  ],
];

it.each(callbacks)(
  "an abort in %s keeps the next attempt from being sent",
  async (_, optionsOf) => {
    const server = await startServer((_request, response) => {
      response.writeHead(503).end();
    });
    const controller = new AbortController();
    const client = createSyncLogClient({
      apiKey,
      baseUrl: server.url,
      retry: { baseDelayMs: 1 },
      ...optionsOf(() => controller.abort("left")),
    });
    const error = await rejection(client.getSyncLog(ids, { signal: controller.signal }));
    expect(error).toBe("left");
    await delay(100);
    expect(server.requests).toHaveLength(1);
  },
);
