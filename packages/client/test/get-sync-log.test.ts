import { describe, expect, it } from "vitest";
import { createSyncLogClient, isNotFoundError, isServerError } from "../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids, smallestAnswer } from "./fixtures/sync-logs.ts";

describe("getSyncLog", () => {
  it("reads a sync log with the key in the documented header", async () => {
    let sentKey: unknown;
    const server = await startServer((request, response) => {
      sentKey = request.headers["x-api-key"];
      response.end(JSON.stringify(exampleSyncLog("completed")));
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    await expect(client.getSyncLog(ids)).resolves.toEqual(exampleSyncLog("completed"));
    expect(server.requests).toEqual([`/workspaces/${ids.workspaceId}/sync-logs/${ids.id}`]);
    expect(sentKey).toBe(apiKey);
  });

  it("keeps a path that the base URL has", async () => {
    const server = await startServer((_, response) => response.end(smallestAnswer));
    const client = createSyncLogClient({ apiKey, baseUrl: `${server.url}/proxy/` });
    await client.getSyncLog(ids);
    expect(server.requests).toEqual([`/proxy/workspaces/${ids.workspaceId}/sync-logs/${ids.id}`]);
  });

  it("rejects with the class of the status, its body and what to do", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(404, { "content-type": "application/json", "x-request-id": "r-1" });
      response.end('{"statusCode":404,"message":"Sync log not found","correlationId":"c-1"}');
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error: unknown = await client.getSyncLog(ids).catch((thrown: unknown) => thrown);
    if (!isNotFoundError(error)) throw new Error("not a NotFoundError", { cause: error });
    expect(error.status).toBe(404);
    expect(error.body).toMatchObject({ message: "Sync log not found" });
    expect(error.headers.get("x-request-id")).toBe("r-1");
    expect(error.message).toContain("Sync log not found. Check the ids in its URL");
    expect(error.correlationId).toBe("c-1");
    expect(error.attempts).toMatchObject([
      { status: 404, code: "not_found", delayMs: 0, requestId: "r-1", correlationId: "c-1" },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it("rejects a 503 without a body as a server error, once the retries are used", async () => {
    const server = await startServer((_, response) => {
      response.statusCode = 503;
      response.end();
    });
    const retry = { baseDelayMs: 1 };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry });
    const error: unknown = await client.getSyncLog(ids).catch((thrown: unknown) => thrown);
    if (!isServerError(error)) throw new Error("not a ServerError", { cause: error });
    expect(error.body).toBeNull();
    expect(error.attempts.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(server.requests).toHaveLength(3);
  });
});
