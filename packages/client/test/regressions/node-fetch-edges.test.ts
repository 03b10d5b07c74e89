import http from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Agent } from "undici";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createNodeFetch, createUndiciFetch } from "../../src/node/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import {
  closeAfterTest,
  startRawServer,
  startServer,
} from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

function startNodeFetch() {
  const nodeFetch = createNodeFetch();
  closeAfterTest(() => Promise.resolve(nodeFetch.close()));
  return nodeFetch;
}

function startUndiciFetch() {
  const agent = new Agent();
  closeAfterTest(() => agent.destroy());
  return createUndiciFetch(agent);
}

it.each([
  ["node:http", startNodeFetch],
  ["undici", startUndiciFetch],
])("a fetch on %s sends nothing once its signal is aborted", async (_, start) => {
  const server = await startServer((_request, response) => response.end());
  const signal = AbortSignal.abort("left");
  expect(await rejection(start()(server.url, { signal }))).toBe("left");
  expect(server.requests).toEqual([]);
});

it.each([{ "x-a": "1\r\nx-b: 2" }, { "x a": "1" }])(
  "headers %j that can't be set reject a fetch on node:http, and nothing else",
  async (headers) => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown): void => void uncaught.push(error);
    process.on("uncaughtException", listener);
    // Nobody listens there, which a request that was begun all the same would say later.
    await expect(startNodeFetch()("http://127.0.0.1:1", { headers })).rejects.toThrow(TypeError);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    process.off("uncaughtException", listener);
    expect(uncaught).toEqual([]);
  },
);

it("a body of a kind that is not known rejects a fetch on node:http, and nothing is sent", async () => {
  const server = await startServer((_, response) => response.end());
  const options = { method: "POST", body: new URLSearchParams("a=b") };
  await expect(startNodeFetch()(server.url, options)).rejects.toThrow(TypeError);
  expect(server.requests).toEqual([]);
});

it("a fetch on node:http rejects when the server switches protocols", async () => {
  const server = await startRawServer((socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
  });
  await expect(startNodeFetch()(server.url, {})).rejects.toThrow("closed without a response");
});

const syncLog = exampleSyncLog("completed");
const text = JSON.stringify(syncLog);

it.each([
  ["GZIP", gzipSync(text)],
  ["gzip, gzip", gzipSync(gzipSync(text))],
  ["deflate , BR", brotliCompressSync(deflateSync(text))],
  ["deflate", deflateSync(text)],
  ["deflate", deflateRawSync(text)],
  ["identity", Buffer.from(text)],
  ["constructor", Buffer.from(text)],
  ["gzip, unheard-of", Buffer.from(text)],
  ["", Buffer.from(`\uFEFF${text}`)],
])("a fetch of Node's reads a body with the coding %j", async (coding, body) => {
  const server = await startServer((_, response) => {
    response.writeHead(200, coding === "" ? {} : { "content-encoding": coding }).end(body);
  });
  for (const fetch of [startNodeFetch(), startUndiciFetch()]) {
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch, retry: false });
    await expect(client.getSyncLog(ids)).resolves.toEqual(syncLog);
  }
});

it.each([
  ["deflate", deflateSync(text).subarray(0, -20)],
  ["deflate", Buffer.from("not compressed")],
  ["deflate", Buffer.alloc(0)],
  ["gzip, deflate", deflateSync(text)],
])("a fetch of Node's says that a body is broken: %s", async (coding, body) => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { "content-encoding": coding }).end(body);
  });
  for (const fetch of [startNodeFetch(), startUndiciFetch()]) {
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch, retry: false });
    expect(await rejection(client.getSyncLog(ids))).toHaveProperty(
      "code",
      expect.stringMatching(/^(connection_failed|response_format)$/),
    );
  }
});

it("a small body of `deflate` that grows beyond the limit is not read to its end", async () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000));
  const server = await startServer((_, response) => {
    response.writeHead(200, { "content-encoding": "deflate" }).end(bomb);
  });
  const client = createSyncLogClient({
    apiKey,
    baseUrl: server.url,
    fetch: startNodeFetch(),
    maxResponseBytes: 100_000,
  });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({ reason: "too-large" });
});

it("a fetch of Node's keeps each cookie by itself", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { "set-cookie": ["a=1", "b=2"] }).end(text);
  });
  for (const fetch of [startNodeFetch(), startUndiciFetch()]) {
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch });
    const { response } = await client.getSyncLog(ids).withResponse();
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  }
});

it("a fetch on node:http uses the proxies that were set for Node while it ran", async () => {
  const proxy = await startServer((_, response) => {
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- newer than the types, which are those of the oldest Node
  const setProxies = Reflect.get(http, "setGlobalProxyFromEnv") as (env: object) => () => void;
  const restore = setProxies({ http_proxy: proxy.url });
  const nodeFetch = startNodeFetch();
  restore();
  const baseUrl = "http://api.localhost:1";
  const client = createSyncLogClient({
    apiKey,
    baseUrl,
    fetch: nodeFetch,
    dangerouslyAllowHttp: true,
  });
  await expect(client.getSyncLog(ids)).resolves.toMatchObject({ status: "completed" });
  expect(proxy.requests[0]).toContain(baseUrl);
});
