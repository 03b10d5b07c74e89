import type { Socket } from "node:net";
import { Agent } from "undici";
import { afterAll, describe, expect, it } from "vitest";
import { createSyncLogClient, isResponseFormatError } from "../../src/index.ts";
import type { Clock } from "../../src/index.ts";
import { createNodeFetch, createUndiciFetch } from "../../src/node/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { rawJson, startRawServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const completed = exampleSyncLog("completed");
const retry = { baseDelayMs: 1 };
const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
/** Of an answer that is whole: without it the next request could go to the connection that ends. */
const lastHead = `${head}connection: close\r\n`;

const breakages: [string, (socket: Socket) => void, string][] = [
  ["a connection closed without a response", (socket) => socket.destroy(), "connection_failed"],
  ["a connection reset", (socket) => socket.resetAndDestroy(), "connection_failed"],
  [
    "a body cut before its length",
    (socket) => socket.end(`${head}content-length: 500\r\n\r\n{"id":`),
    "connection_failed",
  ],
  [
    "a chunked body cut",
    (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"id"`),
    "connection_failed",
  ],
  [
    "a body that stalls",
    (socket) => socket.write(`${head}content-length: 500\r\n\r\n{"id":`),
    "request_timeout",
  ],
  [
    "a chunked body that stalls",
    (socket) => socket.write(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"id"\r\n`),
    "request_timeout",
  ],
  ["headers that never end", (socket) => socket.write(head), "request_timeout"],
  [
    "something other than HTTP",
    (socket) => socket.end("SSH-2.0-OpenSSH\r\n\r\n"),
    "connection_failed",
  ],
  [
    "HTML with status 200",
    (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Log in"),
    "response_format",
  ],
  [
    "an empty body with status 200",
    (socket) => socket.end(`${lastHead}content-length: 0\r\n\r\n`),
    "response_format",
  ],
  [
    "JSON that is no object",
    (socket) => socket.end(`${lastHead}content-length: 4\r\n\r\nnull`),
    "response_format",
  ],
  [
    "half of a JSON body, complete by its length",
    (socket) => socket.end(`${lastHead}content-length: 6\r\n\r\n{"id":`),
    "response_format",
  ],
];

/** A clock of real time, on which requests time out when the test says so and not when the machine is busy. */
function createHeldClock(): { readonly clock: Clock; readonly timeOut: () => void } {
  const held = new Set<() => void>();
  const clock: Clock = {
    nowMs: () => performance.now(),
    epochMs: () => Date.now(),
    setTimeout: (callback, delayMs) => {
      if (delayMs < 1000) return setTimeout(callback, delayMs);
      held.add(callback);
      return callback;
    },
    clearTimeout: (handle) => {
      for (const callback of held) if (callback === handle) held.delete(callback);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what setTimeout gave, or nothing that it knows
      clearTimeout(handle as NodeJS.Timeout);
    },
  };
  return {
    clock,
    timeOut: () => {
      for (const callback of held) callback();
      held.clear();
    },
  };
}

const nodeFetch = createNodeFetch();
const agent = new Agent();
afterAll(async () => {
  nodeFetch.close();
  await agent.destroy();
});

describe.each([
  ["over fetch", undefined],
  ["over node:http", nodeFetch],
  ["over undici", createUndiciFetch(agent)],
])("%s", (_transport, fetch) => {
  describe.each(breakages)("%s", (_, breakAnswer, code) => {
    it("is retried", async () => {
      const { clock, timeOut } = createHeldClock();
      const server = await startRawServer((socket, request) => {
        if (request === 1) breakAnswer(socket);
        else socket.write(rawJson(completed));
        if (request === 1 && code === "request_timeout") timeOut();
      });
      const client = createSyncLogClient({
        apiKey,
        baseUrl: server.url,
        clock,
        retry,
        fetch,
      });
      await expect(client.getSyncLog(ids)).resolves.toEqual(completed);
      expect(server.requestCount()).toBe(2);
    });

    it(`is the error ${code} in the end`, async () => {
      const { clock, timeOut } = createHeldClock();
      const server = await startRawServer((socket) => {
        breakAnswer(socket);
        if (code === "request_timeout") timeOut();
      });
      const options = { clock, retry: { maxRetries: 1, baseDelayMs: 1 } };
      const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch, ...options });
      const error = await syncLogErrorOf(client.getSyncLog(ids));
      expect(error.code).toBe(code);
      expect(error.attempts.map((attempt) => attempt.code)).toEqual([code, code]);
      expect(server.requestCount()).toBe(2);
    });
  });
});

it("shows status, content type and a short excerpt of an HTML page", async () => {
  const page = `<html><title>Sign in</title>${"x".repeat(5000)}</html>`;
  const server = await startRawServer((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n${page}`);
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry: false });
  const error = await rejection(client.getSyncLog(ids));
  if (!isResponseFormatError(error)) throw new Error("not a ResponseFormatError", { cause: error });
  expect(error).toMatchObject({ status: 200, reason: "malformed", body: page.slice(0, 200) });
  expect(error.headers.get("content-type")).toBe("text/html");
  expect(error.message).toContain("text/html");
  expect(error.message.length).toBeLessThan(700);
});

it("keeps the status of an error whose body is cut", async () => {
  const server = await startRawServer((socket) => {
    socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 500\r\n\r\n{");
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error).toMatchObject({ code: "not_found", status: 404, body: null });
});
