import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

it.each([204, 205])(
  "a response %s without content is not a sync log, and is requested again",
  async (status) => {
    const server = await startServer((_, response) => response.writeHead(status).end());
    const retry = { baseDelayMs: 1, maxRetries: 1 };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "response_format", reason: "malformed", status });
    expect(server.requests).toHaveLength(2);
  },
);

it("openapi-fetch gives a response without content", async () => {
  const server = await startServer((_, response) => response.writeHead(204).end());
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const path = "/workspaces/{workspaceId}/sync-logs/{id}";
  const { data, response } = await createOpenapiClient(client).GET(path, { params: { path: ids } });
  expect(data).toBeUndefined();
  expect(response.status).toBe(204);
});
