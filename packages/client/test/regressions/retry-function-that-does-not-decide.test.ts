import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it.each([undefined, NaN, "5", Promise.resolve(true)])(
  "a retry function that returns %s ends the call after one request, and says so",
  async (decision) => {
    const server = await startServer((_, response) => response.writeHead(503).end());
    const client = createSyncLogClient({
      apiKey,
      baseUrl: server.url,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may return
      retry: () => decision as never,
    });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error).toMatchObject({ parameter: "retry", cause: { status: 503 } });
    expect(server.requests).toHaveLength(1);
  },
);
