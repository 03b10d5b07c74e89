import { randomBytes } from "node:crypto";
import { createGzip, gzipSync } from "node:zlib";
import { Agent } from "undici";
import { afterAll, describe, expect, it } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { createNodeFetch, createUndiciFetch } from "../../src/node/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const nodeFetch = createNodeFetch();
const agent = new Agent({ connections: 1 });
afterAll(async () => {
  nodeFetch.close();
  await agent.close();
});

describe.each([
  ["node:http", nodeFetch],
  ["undici", createUndiciFetch(agent)],
])("the client on %s", (_transport, fetch) => {
  const create = (baseUrl: string, options: SyncLogClientOptions = {}) =>
    createSyncLogClient({ apiKey, baseUrl, fetch, ...options });

  it("reads a sync log, and keeps its connection", async () => {
    const ports = new Set<unknown>();
    const server = await startServer((request, response) => {
      ports.add(request.socket.remotePort);
      const text = JSON.stringify(exampleSyncLog("completed"));
      response.writeHead(200, { "content-length": Buffer.byteLength(text) });
      response.end(text);
    });
    const client = create(server.url);
    await client.getSyncLog(ids);
    await expect(client.getSyncLog(ids)).resolves.toEqual(exampleSyncLog("completed"));
    expect(ports.size).toBe(1);
  });

  it("keeps the error, its headers and its Retry-After", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(429, { "retry-after": "3600", "x-request-id": "r-1" });
      response.end('{"message":"Slow down"}');
    });
    expect(await rejection(create(server.url).getSyncLog(ids))).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 3_600_000,
      body: { message: "Slow down" },
      attempts: [{ requestId: "r-1" }],
    });
  });

  it("follows no redirect", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const error = await rejection(create(server.url).getSyncLog(ids));
    expect(error).toMatchObject({ code: "redirect_refused" });
    expect(server.requests).toHaveLength(1);
  });

  it("decompresses, and refuses a bomb", async () => {
    const bodies = {
      small: gzipSync(JSON.stringify(exampleSyncLog("failed"))),
      bomb: gzipSync(Buffer.alloc(20 * 1024 * 1024, 32)),
    };
    const server = await startServer((request, response) => {
      const body = request.url?.endsWith("bomb") === true ? bodies.bomb : bodies.small;
      response.writeHead(200, { "content-encoding": "gzip", "content-length": body.byteLength });
      response.end(body);
    });
    const client = create(server.url);
    await expect(client.getSyncLog(ids)).resolves.toEqual(exampleSyncLog("failed"));
    const error = await rejection(client.getSyncLog({ ...ids, id: "bomb" }));
    expect(error).toMatchObject({ reason: "too-large" });
  });

  it("frees the connection of a compressed body that is refused half way", async () => {
    const closed = Promise.withResolvers<undefined>();
    const server = await startServer((_, response) => {
      response.on("close", () => closed.resolve(undefined));
      const compress = createGzip();
      compress.pipe(response.writeHead(200, { "content-encoding": "gzip" }));
      compress.on("error", () => undefined);
      // Random bytes stay as many when they are compressed; the stream never ends.
      const send = (): void => {
        if (!response.destroyed) compress.write(randomBytes(64 * 1024), send);
      };
      send();
    });
    const client = create(server.url, { maxResponseBytes: 100_000, retry: false });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ reason: "too-large" });
    await closed.promise;
  });

  it("closes the connection of a caller who leaves", async () => {
    const closed = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const server = await startServer((_, response) => {
      response.on("close", () => closed.resolve(undefined));
      response.write("{");
      reached.resolve(undefined);
    });
    const controller = new AbortController();
    const call = rejection(create(server.url).getSyncLog(ids, { signal: controller.signal }));
    await reached.promise;
    controller.abort("left");
    expect(await call).toBe("left");
    await closed.promise;
  });

  it("says that nobody listens", async () => {
    const client = create("http://127.0.0.1:1", { retry: false });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "connection_failed", cause: { code: "ECONNREFUSED" } });
    expect(String(error)).toContain("ECONNREFUSED");
  });

  it("serves openapi-fetch and waiting, too", async () => {
    const server = await startServer((_, response) => {
      response.end(JSON.stringify(exampleSyncLog("completed")));
    });
    const client = create(server.url);
    await expect(client.waitForSyncLog(ids)).resolves.toMatchObject({ status: "completed" });
    const { data } = await createOpenapiClient(client).GET(
      "/workspaces/{workspaceId}/sync-logs/{id}",
      {
        params: { path: ids },
      },
    );
    expect(data).toEqual(exampleSyncLog("completed"));
  });
});
