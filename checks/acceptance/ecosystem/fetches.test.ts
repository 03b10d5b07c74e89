import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import {
  createSyncLogClient,
  type Fetch,
  type SyncLogClientOptions,
} from "@qontext/sync-log-client";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { describe, expect, it } from "vitest";
import { onNodeHttp, onUndici, undicis } from "./support/node-transports.ts";
import { load } from "./support/other-packages.ts";
import { apiKey, completed, ingesting, target } from "./support/sync-logs.ts";
import { startRawServer, startServer } from "@qontext/sync-log-test-support/start-server";

/** A `fetch` that a team has put around another: it logs, has a limit of its own and passes the rest on. */
const wrapper: Fetch = async (url, init) => {
  const response = await fetch(url, { ...init, headers: new Headers(init.headers) });
  return new Response(response.body, response);
};

const fetches: [string, () => Fetch | undefined][] = [
  ["the global fetch", () => undefined],
  ["a fetch around it", () => wrapper],
  ["createNodeFetch", () => onNodeHttp()],
  ["node-fetch 2", () => load<Fetch>("node-fetch-2")],
  ["node-fetch 3", () => load<{ default: Fetch }>("node-fetch-3").default],
  ["ky", () => load<{ default: Fetch }>("ky").default],
  ["ofetch", () => load<{ ofetch: { raw: Fetch } }>("ofetch").ofetch.raw],
  ...undicis.flatMap(([name, undici]): [string, () => Fetch][] => [
    [`the fetch of ${name}`, () => undici.fetch],
    [`createUndiciFetch on ${name}`, () => onUndici(new undici.Agent())],
  ]),
];

const retry = { baseDelayMs: 1 };

describe.each(fetches)("%s", (name, create) => {
  const connect = (baseUrl: string, options: SyncLogClientOptions = {}) =>
    createSyncLogClient({
      apiKey,
      baseUrl,
      fetch: create(),
      retry,
      // What these two would do besides.
      ...(name === "ky" && { fetchOptions: { retry: 0, throwHttpErrors: true } }),
      ...(name === "ofetch" && { fetchOptions: { retry: 0, responseType: "stream" } }),
      ...options,
    });

  it("reads, as it is now", async () => {
    const seen: unknown[] = [];
    const server = await startServer((request, response) => {
      seen.push([request.headers["x-api-key"], request.headers["cache-control"]]);
      response.setHeader("content-type", "application/json");
      response.end(completed);
    });
    await expect(connect(server.url).getSyncLog(target)).resolves.toEqual(JSON.parse(completed));
    expect(seen).toEqual([[apiKey, "no-cache"]]);
  });

  it("waits", async () => {
    const server = await startServer((_, response) => {
      response.end(server.requests.length < 3 ? ingesting : completed);
    });
    const limits = { minIntervalMs: 1, maxIntervalMs: 2 };
    const wait = connect(server.url).waitForSyncLog(target, limits);
    await expect(wait).resolves.toMatchObject({ status: "completed", polls: 3 });
  });

  it("tries again, no sooner than the longest Retry-After, and keeps odd headers", async () => {
    const server = await startServer((_, response) => {
      if (server.requests.length > 1) return response.end(completed);
      response.setHeader("x-note", Buffer.from("用户").toString("latin1"));
      // Node shows node-fetch 2 the first of them only.
      response.setHeader("retry-after", name === "node-fetch 2" ? "1" : ["0", "1"]);
      return response.writeHead(503).end('{"message":"Later"}');
    });
    const startedAtMs = performance.now();
    await connect(server.url).getSyncLog(target);
    expect(performance.now() - startedAtMs).toBeGreaterThan(950);
    expect(server.requests.length).toBe(2);
  });

  it("shows an error as it was answered, without the key", async () => {
    const server = await startServer((_, response) => {
      response.setHeader("content-type", "application/json");
      response.writeHead(404, { "x-key": apiKey }).end(JSON.stringify({ message: `No ${apiKey}` }));
    });
    const error: unknown = await connect(server.url)
      .getSyncLog(target)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "not_found", attempts: [{ status: 404 }] });
    const { headers, body } = error as { headers: Headers; body: unknown };
    expect(`${String(error)} ${JSON.stringify([...headers, body])}`).not.toContain(apiKey);
    expect(server.requests.length).toBe(1);
  });

  it("is ended by its caller, and by its limit", async () => {
    const server = await startServer(() => undefined);
    const controller = new AbortController();
    const call = connect(server.url).getSyncLog(target, { signal: controller.signal });
    setTimeout(() => controller.abort("left"), 50);
    await expect(call).rejects.toBe("left");
    const limited = connect(server.url, { timeoutMs: 50, retry: false }).getSyncLog(target);
    await expect(limited).rejects.toMatchObject({ code: "request_timeout" });
  });

  it("tries again where a body is cut, also while a hook is awaited", async () => {
    const server = await startRawServer((socket, request) => {
      const length = Buffer.byteLength(completed);
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`);
      if (request > 1) return socket.end(completed);
      return socket.write("{", () => setTimeout(() => socket.resetAndDestroy(), 5));
    });
    await connect(server.url, { hooks: { onResponse: () => sleep(50) } }).getSyncLog(target);
    expect(server.requestCount()).toBe(2);
  });

  it("refuses a body that is too large, and no other", async () => {
    const text = JSON.stringify({ ...JSON.parse(completed), errorMessage: "ü".repeat(500_000) });
    const server = await startServer((_, response) => response.end(text));
    const large = connect(server.url, { maxResponseBytes: 500_000 }).getSyncLog(target);
    await expect(large).rejects.toMatchObject({ code: "response_format", reason: "too-large" });
    await expect(connect(server.url).getSyncLog(target)).resolves.toEqual(JSON.parse(text));
  });

  it("says once that the connection is refused, and follows no redirect", async () => {
    const nobody = connect(`http://127.0.0.1:${await freePort()}`, {
      retry: { maxRetries: 1, baseDelayMs: 1 },
    });
    await expect(nobody.getSyncLog(target)).rejects.toMatchObject({
      code: "connection_failed",
      attempts: [{}, {}],
    });
    const other = await startServer((_, response) => response.end(completed));
    const server = await startServer((_, response) => {
      response.writeHead(302, { location: other.url }).end();
    });
    const redirected = connect(server.url).getSyncLog(target);
    await expect(redirected).rejects.toMatchObject({ code: "redirect_refused" });
    expect(other.requests.length).toBe(0);
  });

  it("reads what old and odd servers send", async () => {
    const length = `content-length: ${Buffer.byteLength(completed)}\r\n`;
    const chunk = Buffer.byteLength(completed).toString(16);
    const chunked = `transfer-encoding: chunked\r\ntrailer: x-end\r\n\r\n${chunk}\r\n${completed}\r\n0\r\nx-end: 1\r\n\r\n`;
    const answers = [
      `HTTP/1.0 200 OK\r\n\r\n${completed}`,
      `HTTP/1.1 200 OK\r\n${chunked}`,
      `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n${length}\r\n${completed}`,
    ];
    for (const answer of answers) {
      const server = await startRawServer((socket) => socket.end(answer));
      const call = connect(server.url, { retry: false }).getSyncLog(target);
      await expect(call).resolves.toEqual(JSON.parse(completed));
    }
    const codings = { gzip: gzipSync(completed), br: brotliCompressSync(completed) };
    for (const [coding, body] of Object.entries(codings)) {
      const server = await startServer((_, response) => {
        response.writeHead(200, { "content-encoding": coding }).end(body);
      });
      const call = connect(server.url, { retry: false }).getSyncLog(target);
      await expect(call).resolves.toEqual(JSON.parse(completed));
    }
  });

  it("outlives a kept connection that the server closes", async () => {
    const server = await startServer((request, response) => {
      response.end(completed, () => setTimeout(() => request.socket.resetAndDestroy(), 1));
    });
    const client = connect(server.url);
    for (let call = 0; call < 20; call += 1) await client.getSyncLog(target);
    expect(server.requests.length).toBeGreaterThanOrEqual(20);
  });

  it("reaches a server on IPv6", async () => {
    const server = await startServer((_, response) => response.end(completed), { host: "::1" });
    await expect(connect(server.url).getSyncLog(target)).resolves.toMatchObject({ id: target.id });
  });
});

describe.each(undicis)("an interceptor of %s", (_, undici) => {
  const connect = (baseUrl: string, interceptor: unknown) =>
    createSyncLogClient({
      apiKey,
      baseUrl,
      fetch: onUndici(new undici.Agent().compose(interceptor)),
      retry,
    });

  it("that throws for an error status makes no other error of it", async () => {
    const server = await startServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.writeHead(404).end('{"message":"No"}');
    });
    const { responseError } = undici.interceptors;
    if (responseError === undefined) return;
    const call = connect(server.url, responseError()).getSyncLog(target);
    await expect(call).rejects.toMatchObject({ code: "not_found", body: { message: "No" } });
    expect(server.requests.length).toBe(1);
  });

  it("that repeats does not multiply", async () => {
    const server = await startServer((_request, response) => response.writeHead(503).end());
    const call = connect(server.url, undici.interceptors["retry"]?.()).getSyncLog(target);
    await expect(call).rejects.toMatchObject({ code: "server_error" });
    expect(server.requests.length).toBe(3);
  });

  it("that keeps answers brings none from before", async () => {
    const { cache } = undici.interceptors;
    if (cache === undefined) return;
    const server = await startServer((_request, response) => {
      response.setHeader("cache-control", "max-age=3600");
      response.end(server.requests.length < 3 ? ingesting : completed);
    });
    const client = connect(server.url, cache());
    const limits = { minIntervalMs: 1, maxIntervalMs: 2 };
    await expect(client.waitForSyncLog(target, limits)).resolves.toMatchObject({ polls: 3 });
  });
});
