import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startRawServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

const unavailable = "HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n";
const never = new Promise<never>(() => undefined);

const moments: [string, (socket: Socket) => void, Partial<SyncLogClientOptions>][] = [
  ["before a response is received", () => undefined, {}],
  [
    "while the body comes",
    (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"),
    {},
  ],
  [
    "during a backoff of a minute",
    (socket) => socket.write(unavailable),
    { random: () => 0.999, retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } },
  ],
  [
    "during a Retry-After",
    (socket) => socket.write("HTTP/1.1 429 Slow\r\nretry-after: 50\r\ncontent-length: 0\r\n\r\n"),
    {},
  ],
];

describe.each(moments)("an abort %s", (_, answer, options) => {
  it("rejects at once with the caller's reason, and no request follows", async () => {
    const reached = Promise.withResolvers<undefined>();
    const server = await startRawServer((socket) => {
      answer(socket);
      setTimeout(() => reached.resolve(undefined), 20);
    });
    const controller = new AbortController();
    const { signal } = controller;
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, ...options });
    const call = rejection(client.getSyncLog(ids, { signal }));
    await reached.promise;
    const reason = new Error("the user left");
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect(server.requestCount()).toBe(1);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

it("sends nothing for a caller who has left before", async () => {
  const server = await startRawServer((socket) => socket.destroy());
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const reason = { not: "even an error" };
  expect(await rejection(client.getSyncLog(ids, { signal: AbortSignal.abort(reason) }))).toBe(
    reason,
  );
  expect(server.requestCount()).toBe(0);
});

it("does not wait for a fetch that ignores its signal", async () => {
  const client = createSyncLogClient({ apiKey, baseUrl: "http://localhost", fetch: () => never });
  const controller = new AbortController();
  const call = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  controller.abort("left");
  expect(await call).toBe("left");
});

it("reads a body no further, where a fetch ignores its signal", async () => {
  const begun = Promise.withResolvers<undefined>();
  const cancelled = Promise.withResolvers<undefined>();
  let chunks = 0;
  const body = new ReadableStream({
    async pull(to) {
      await new Promise((resolve) => setImmediate(resolve));
      to.enqueue(new Uint8Array(9999));
      chunks += 1;
      begun.resolve(undefined);
    },
    cancel: () => cancelled.resolve(undefined),
  });
  const client = createSyncLogClient({ apiKey, fetch: () => Promise.resolve(new Response(body)) });
  const controller = new AbortController();
  const call = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  await begun.promise;
  controller.abort("left");
  expect(await call).toBe("left");
  await cancelled.promise;
  expect(chunks).toBeLessThan(10);
});

it("does not wait for a key that never comes, and sends nothing when it does", async () => {
  const server = await startRawServer((socket) => socket.destroy());
  const key = Promise.withResolvers<string>();
  const client = createSyncLogClient({ apiKey: () => key.promise, baseUrl: server.url });
  const controller = new AbortController();
  const call = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  controller.abort("left");
  expect(await call).toBe("left");
  key.resolve(apiKey);
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect(server.requestCount()).toBe(0);
});

it("works through openapi-fetch, too", async () => {
  const server = await startRawServer(() => undefined);
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const controller = new AbortController();
  const call = rejection(
    createOpenapiClient(client).GET("/workspaces/{workspaceId}/sync-logs/{id}", {
      params: { path: ids },
      signal: controller.signal,
    }),
  );
  const reason = new Error("left");
  setTimeout(() => controller.abort(reason), 20);
  expect(await call).toBe(reason);
});
