import { expect, it } from "vitest";
import { createSyncLogClient, type HookResponse } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startRawServer, startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("onResponse is called before the body is read", async () => {
  const seen = Promise.withResolvers<HookResponse>();
  const server = await startServer((_, response) => {
    response.write(smallestAnswer.slice(0, 1));
    // The rest comes when the hook was called.
    void seen.promise.then(() => response.end(smallestAnswer.slice(1)));
  });
  const hooks = { onResponse: seen.resolve };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks });
  await expect(client.getSyncLog(ids)).resolves.toEqual({ id: ids.id });
});

it.each([
  ["cut", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", 200],
  ["too large", `HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n${" ".repeat(90)}`, 200],
  ["a redirect", "HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n", 302],
])("onResponse sees an answer that is %s", async (_, answer, status) => {
  const server = await startRawServer((socket) => socket.end(answer));
  const seen: number[] = [];
  const client = createSyncLogClient({
    apiKey,
    baseUrl: server.url,
    retry: false,
    maxResponseBytes: 50,
    hooks: { onResponse: (response) => void seen.push(response.status) },
  });
  await rejection(client.getSyncLog(ids));
  expect(seen).toEqual([status]);
});

it("an onResponse that fails frees the connection", async () => {
  const closed = Promise.withResolvers<undefined>();
  const server = await startRawServer((socket) => {
    socket.on("close", () => closed.resolve(undefined));
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{");
  });
  const mine = new Error("not today");
  const hooks = { onResponse: () => Promise.reject(mine) };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks });
  expect(await rejection(client.getSyncLog(ids))).toBe(mine);
  await closed.promise;
});

it("onResponse is not called for a caller who has left", async () => {
  const controller = new AbortController();
  const answered = Promise.withResolvers<Response>();
  const seen: unknown[] = [];
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    fetch: () => answered.promise,
    hooks: { onResponse: (response) => void seen.push(response) },
  });
  const call = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  controller.abort("left");
  answered.resolve(new Response(smallestAnswer));
  expect(await call).toBe("left");
  await new Promise((resolve) => {
    setTimeout(resolve, 10);
  });
  expect(seen).toEqual([]);
});
