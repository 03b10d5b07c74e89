import { describe, expect, it } from "vitest";
import {
  createSyncLogClient,
  isDeadlineExceededError,
  isSyncLogApiError,
} from "../../src/index.ts";
import { createVirtualClock } from "../../src/testing/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import {
  startRawServer,
  startServer,
  type TestServer,
} from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

describe("deadlineMs", () => {
  it("limits all attempts together, where each of them may take longer", async () => {
    const server = await startRawServer(() => undefined);
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, deadlineMs: 1500 });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error.code).toBe("deadline_exceeded");
    expect(server.requestCount()).toBe(1);
  });

  it("keeps the error before it as the cause", async () => {
    const server = await startRawServer(() => undefined);
    const options = { deadlineMs: 1500, timeoutMs: 400, retry: { baseDelayMs: 1, maxRetries: 9 } };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, ...options });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error.code).toBe("deadline_exceeded");
    expect(error.cause).toMatchObject({ code: "request_timeout" });
    expect(error.attempts.length).toBeGreaterThan(1);
  });

  it("ends a call at once where the next attempt could not begin in time", async () => {
    const clock = createVirtualClock();
    const client = createSyncLogClient({
      apiKey,
      clock,
      random: () => 0.999,
      fetch: () => Promise.resolve(new Response(null, { status: 500 })),
    });
    const error = await clock.run(rejection(client.getSyncLog(ids, { deadlineMs: 400 })));
    expect(isDeadlineExceededError(error)).toBe(true);
    expect(error).toMatchObject({ cause: { code: "server_error" }, attempts: [{ status: 500 }] });
    expect(clock.nowMs()).toBe(0);
  });

  it("ends a call with its own error where an attempt fails just after it, too", async () => {
    let nowMs = 0;
    const client = createSyncLogClient({
      apiKey,
      clock: { ...createVirtualClock(), nowMs: () => nowMs },
      fetch: () => {
        nowMs = 401;
        return Promise.resolve(new Response(null, { status: 500 }));
      },
    });
    const error = await rejection(client.getSyncLog(ids, { deadlineMs: 400 }));
    expect(error).toMatchObject({ code: "deadline_exceeded", cause: { code: "server_error" } });
  });
});

function answerTwice(headers: () => Record<string, string>): Promise<TestServer> {
  let requests = 0;
  return startServer((_, response) => {
    requests += 1;
    if (requests === 1) response.writeHead(429, headers());
    response.end(smallestAnswer);
  });
}

describe("Retry-After", () => {
  it.each<[string, () => Record<string, string>]>([
    ["in seconds", () => ({ "retry-after": "1" })],
    ["in milliseconds", () => ({ "retry-after-ms": "1000" })],
    ["as a date", () => ({ "retry-after": new Date(Date.now() + 2000).toUTCString() })],
  ])("is waited for: %s", async (_, headers) => {
    const server = await answerTwice(headers);
    const retry = { baseDelayMs: 1 };
    const delays: number[] = [];
    const client = createSyncLogClient({
      apiKey,
      baseUrl: server.url,
      retry,
      logger: {
        ...console,
        debug: () => undefined,
        warn: (_text, { delayMs }) => delays.push(Number(delayMs)),
      },
    });
    await client.getSyncLog(ids);
    expect(delays[0]).toBeGreaterThanOrEqual(1000);
    expect(delays[0]).toBeLessThanOrEqual(2000);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["above maxRetryAfterMs", { "retry-after": "61" }, {}, 61_000],
    ["far above", { "retry-after": "2147483648" }, {}, 2_147_483_648_000],
    ["above what remains", { "retry-after": "30" }, { deadlineMs: 5000 }, 30_000],
  ])("%s fails at once, and says how long", async (_, headers, options, retryAfterMs) => {
    const server = await answerTwice(() => headers);
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await rejection(client.getSyncLog(ids, options));
    if (!isSyncLogApiError(error)) throw new Error("not an API error", { cause: error });
    expect(error).toMatchObject({ code: "rate_limited", retryAfterMs });
    expect(server.requests).toHaveLength(1);
  });
});

it("sends every request once with retry: false, and as a function decides", async () => {
  const server = await startServer((_, response) => {
    response.statusCode = 500;
    response.end();
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  await rejection(client.getSyncLog(ids, { retry: false }));
  expect(server.requests).toHaveLength(1);
  const seen: unknown[] = [];
  const error = await syncLogErrorOf(
    client.getSyncLog(ids, {
      retry: ({ error: last, attempts, isRetryable }) => {
        seen.push([last.code, attempts, isRetryable]);
        return attempts < 5 && 1;
      },
    }),
  );
  expect(server.requests).toHaveLength(6);
  expect(seen).toHaveLength(5);
  expect(seen[0]).toEqual(["server_error", 1, true]);
  expect(error.attempts.map(({ delayMs }) => delayMs)).toEqual([0, 1, 1, 1, 1]);
});
