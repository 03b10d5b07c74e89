import { describe, expect, it } from "vitest";
import { createSyncLogClient, type ClientHooks, type HookRequest } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

async function startEcho() {
  const received: NodeJS.Dict<string | string[]>[] = [];
  const server = await startServer((request, response) => {
    received.push(request.headers);
    response.writeHead(received.length === 1 ? 503 : 200, { "x-request-id": "r" });
    response.end(smallestAnswer);
  });
  const client = (hooks: ClientHooks) =>
    createSyncLogClient({ apiKey, baseUrl: server.url, hooks, retry: { baseDelayMs: 1 } });
  return { ...server, received, client };
}

describe("hooks", () => {
  it("see and may change each request, and never see the key", async () => {
    const echo = await startEcho();
    const seen: HookRequest[] = [];
    const client = echo.client({
      async onRequest(request) {
        await Promise.resolve();
        seen.push({ ...request, headers: { ...request.headers } });
        request.headers["x-attempt"] = String(request.attempt);
        request.url += "?a=1";
      },
    });
    await client.getSyncLog(ids);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(JSON.stringify(seen)).not.toContain(apiKey);
    expect(echo.received.map((headers) => headers["x-attempt"])).toEqual(["1", "2"]);
    expect(echo.received[0]?.["x-api-key"]).toBe(apiKey);
    expect(echo.requests[0]).toMatch(/\?a=1$/);
  });

  it("of programs without types may set a URL, and nothing else that is no text", async () => {
    const echo = await startEcho();
    const setting = (make: (url: string) => unknown) =>
      echo.client({
        onRequest: (request) => void Object.assign(request, { url: make(request.url) }),
      });
    const target = setting((url) => new URL("?b=1", url));
    await target.getSyncLog(ids);
    expect(echo.requests[0]).toMatch(/\?b=1$/);
    const error = await syncLogErrorOf(setting(() => undefined).getSyncLog(ids));
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "url" });
  });

  it("may name a header in any letter case, and put other headers in place of those they see", async () => {
    const echo = await startEcho();
    await echo
      .client({
        onRequest(request) {
          request.headers["User-Agent"] = "mine";
          Object.assign(request, { headers: { ...request.headers, "X-Caller": "billing" } });
        },
      })
      .getSyncLog(ids);
    const [received] = echo.received;
    expect(received).toMatchObject({ "user-agent": "mine", "x-caller": "billing" });
  });

  it("see each response", async () => {
    const echo = await startEcho();
    const seen: unknown[] = [];
    const client = echo.client({
      onResponse: ({ status, attempt, headers }) => {
        seen.push([status, attempt, headers.get("x-request-id")]);
      },
    });
    await client.getSyncLog(ids);
    expect(seen).toEqual([
      [503, 1, "r"],
      [200, 2, "r"],
    ]);
  });

  it("see each request that is sent again, before it is sent, and why", async () => {
    const echo = await startEcho();
    const seen: unknown[] = [];
    const client = echo.client({
      async onRetry({ method, url, attempt, delayMs, error }) {
        await Promise.resolve();
        seen.push([method, new URL(url).pathname, attempt, error.status, error.attempts.length]);
        expect(delayMs).toBeLessThanOrEqual(1);
      },
      onRequest: ({ attempt }) => void seen.push(attempt),
    });
    await client.getSyncLog(ids);
    expect(seen).toEqual([1, ["GET", echo.requests[0], 2, 503, 1], 2]);
  });

  it("see that a request is sent again at once with another key", async () => {
    const keys = ["q_sk_old_1234", "q_sk_new_1234"];
    const seen: unknown[] = [];
    const server = await startServer((request, response) => {
      response.statusCode = request.headers["x-api-key"] === "q_sk_new_1234" ? 200 : 401;
      response.end(JSON.stringify(exampleSyncLog("completed")));
    });
    const client = createSyncLogClient({
      apiKey: () => keys.shift() ?? "",
      baseUrl: server.url,
      hooks: { onRetry: ({ delayMs, error }) => void seen.push([delayMs, error.code]) },
    });
    await client.getSyncLog(ids);
    expect(seen).toEqual([[0, "authentication_failed"]]);
  });

  it("that throw before a request is sent again reject the call, and a hanging one has the time of a request", async () => {
    const echo = await startEcho();
    const mine = new Error("no more");
    const throwing = echo.client({ onRetry: () => Promise.reject(mine) });
    expect(await rejection(throwing.getSyncLog(ids))).toBe(mine);
    expect(echo.requests).toHaveLength(1);
    echo.received.length = 0;
    const hanging = echo.client({ onRetry: () => new Promise(() => undefined) });
    const retry = { maxRetries: 1, baseDelayMs: 1 };
    const error = await syncLogErrorOf(hanging.getSyncLog(ids, { timeoutMs: 500, retry }));
    expect(error.code).toBe("request_timeout");
  });

  it("reject the call with what they throw, unchanged, and nothing is retried", async () => {
    const echo = await startEcho();
    const mine = new Error("not today");
    const client = echo.client({ onRequest: () => Promise.reject(mine) });
    expect(await rejection(client.getSyncLog(ids))).toBe(mine);
    expect(echo.requests).toEqual([]);
  });

  it.each([
    "https://evil.example/",
    "http://127.0.0.1:1/",
    "//evil.example",
    "https://api.qontext.ai.evil.example/",
    "https://api.qontext.ai@evil.example/",
  ])("can't send the key to %s", async (url) => {
    const sent: string[] = [];
    const client = createSyncLogClient({
      apiKey,
      baseUrl: "https://api.qontext.ai",
      fetch: (target) => {
        sent.push(target);
        return Promise.resolve(new Response(smallestAnswer));
      },
      hooks: {
        onRequest(request) {
          request.url = url;
        },
      },
    });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "url" });
    expect(sent).toEqual([]);
  });

  it.each([
    ["x-a", "1\r\nx-b: 2"],
    ["x a", "1"],
    ["x-api-key", "another"],
  ])("can't send the header %j with %j", async (name, value) => {
    const echo = await startEcho();
    const client = echo.client({
      onRequest(request) {
        request.headers[name] = value;
      },
    });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "headers" });
    expect(echo.requests).toEqual([]);
  });
});

it("an openapi-fetch middleware or base URL can't send the key elsewhere", async () => {
  const other = await startServer((_, response) => response.end(smallestAnswer));
  const server = await startServer((_, response) => response.end(smallestAnswer));
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const path = "/workspaces/{workspaceId}/sync-logs/{id}";
  const openapi = createOpenapiClient(client);
  const elsewhere = openapi.GET(path, { params: { path: ids }, baseUrl: other.url });
  expect(await rejection(elsewhere)).toMatchObject({ parameter: "url" });
  openapi.use({ onRequest: ({ request }) => new Request(`${other.url}/x`, request) });
  expect(await rejection(openapi.GET(path, { params: { path: ids } }))).toMatchObject({
    parameter: "url",
  });
  expect(other.requests).toEqual([]);
});
