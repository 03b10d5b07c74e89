import { describe, expect, it, vi } from "vitest";
import { createSyncLogClient, isInvalidParameterError } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { answerTo, apiKey, exampleSyncLog, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

const path = "/workspaces/{workspaceId}/sync-logs/{id}";
const hostileIds: [string, unknown][] = [
  ["empty", ""],
  ["a dot", "."],
  ["two dots", ".."],
  ["too long", "x".repeat(257)],
  ["with a line break", "a\nb"],
  ["with a NUL", "a\0"],
  ["with a C1 control character", "a\u0085"],
  ["half a character", "\ud800"],
  ["a number", 7],
  ["an array", ["a"]],
  ["null", null],
  ["missing", undefined],
];

describe.each(["workspaceId", "id"])("%s", (name) => {
  it.each(hostileIds)("is refused before any request: %s", async (_, value) => {
    const server = await startServer((_request, response) => response.end(smallestAnswer));
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const parameters = { ...ids, [name]: value };
    for (const call of [
      client.getSyncLog(parameters),
      client.waitForSyncLog(parameters),
      client.watchSyncLog(parameters).next(),
      createOpenapiClient(client).GET(path, { params: { path: parameters } }),
    ]) {
      expect(await syncLogErrorOf(call)).toMatchObject({
        code: "invalid_parameter",
        parameter: name,
      });
    }
    expect(server.requests).toEqual([]);
  });

  it.each(["a/b", "../x", "a?b=c", "a#b", "%2e%2e", "a b", "ü", "...", "a;b", "🚀", "a\\b", "$&"])(
    "is encoded so that it names one resource: %s",
    async (value) => {
      const server = await startServer(({ url }, response) => response.end(answerTo(url)));
      const client = createSyncLogClient({ apiKey, baseUrl: server.url });
      const parameters = { ...ids, [name]: value };
      await client.getSyncLog(parameters);
      await createOpenapiClient(client).GET(path, { params: { path: parameters } });
      const segments = server.requests.map((request) => request.split("/"));
      expect(segments.map((each) => each.length)).toEqual([5, 5]);
      const place = name === "id" ? 4 : 2;
      expect(segments.map((each) => decodeURIComponent(each[place] ?? ""))).toEqual([value, value]);
    },
  );
});

describe("headers", () => {
  it.each([
    ["a line break in a value", { "x-a": "1\r\nx-b: 2" }],
    ["a line feed in a value", { "x-a": "1\n" }],
    ["a NUL in a value", { "x-a": "1\0" }],
    ["what Latin-1 has not", { "x-a": "日本" }],
    ["a space in a name", { "x a": "1" }],
    ["a line break in a name", { "x\r\na": "1" }],
    ["an empty name", { "": "1" }],
    ["another key", { "X-API-Key": "q_sk_other" }],
  ])("are refused with %s, at creation and in a call", async (_, headers) => {
    const server = await startServer((_request, response) => response.end(smallestAnswer));
    expect(() => createSyncLogClient({ apiKey, headers })).toThrow(/The header/);
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await rejection(client.getSyncLog(ids, { headers }));
    expect(isInvalidParameterError(error)).toBe(true);
    expect(String(error)).not.toContain("q_sk_other");
    expect(server.requests).toEqual([]);
  });

  it("of a call add to those of the client and replace them, in any case", async () => {
    const received: unknown[] = [];
    const server = await startServer((request, response) => {
      received.push([request.headers["x-a"], request.headers["x-b"], request.headers["x-c"]]);
      response.end(smallestAnswer);
    });
    const headers = new Headers({ "x-a": "client", "x-b": "client" });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, headers });
    await client.getSyncLog(ids, { headers: { "X-B": "call", "X-C": "call", "x-d": undefined } });
    expect(received).toEqual([["client", "call", "call"]]);
  });
});

const create = (baseUrl: string) => () => createSyncLogClient({ apiKey, baseUrl });

describe("the base URL", () => {
  it.each([
    ["", /empty/],
    ["api.qontext.ai", /not a URL/],
    ["ftp://api.qontext.ai", /does not begin with https:\/\/ or http:\/\/\.$/],
    ["file:///etc", /https/],
    ["http://api.qontext.ai", /in clear/],
    ["http://127.0.0.1.evil.example", /in clear/],
    ["http://localhost.evil.example", /in clear/],
    ["http://0.0.0.0", /in clear/],
    ["http://10.0.0.1", /in clear/],
    ["https://user:secret@api.qontext.ai", /user name/],
    ["https://api.qontext.ai?x=1", /query/],
    ["https://api.qontext.ai#x", /fragment/],
  ])("is refused: %j", (baseUrl, message) => {
    expect(create(baseUrl)).toThrow(message);
    expect(create(baseUrl)).not.toThrow(/secret/);
  });

  it.each([
    "https://api.qontext.ai",
    "https://api.qontext.ai/v1/",
    "http://localhost:8080",
    "http://mock.localhost",
    "http://127.0.0.1:1",
    "http://127.1.2.3",
    "http://[::1]:8080",
  ])("is taken: %s", (baseUrl) => {
    expect(create(baseUrl)).not.toThrow();
  });

  it("may be of another machine in clear where that is asked for, by the name in the error", () => {
    for (const baseUrl of ["http://mock:4010", "http://host.docker.internal:4010/v1"]) {
      expect(create(baseUrl)).toThrow("`dangerouslyAllowHttp: true`");
      const options = { apiKey, baseUrl, dangerouslyAllowHttp: true };
      expect(() => createSyncLogClient(options)).not.toThrow();
      expect(() => createSyncLogClient({ ...options, baseUrl: "ftp://mock" })).toThrow(/https/);
      vi.stubEnv("QONTEXT_DANGEROUSLY_ALLOW_HTTP", "1");
      expect(create(baseUrl)).not.toThrow();
      const strict = { apiKey, baseUrl, dangerouslyAllowHttp: false };
      expect(() => createSyncLogClient(strict)).toThrow(/in clear/);
      vi.unstubAllEnvs();
    }
  });
});

it("passes a sync log through openapi-fetch in its own style", async () => {
  const server = await startServer((request, response) => {
    if (request.url?.endsWith("missing") === true) response.statusCode = 404;
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  const openapi = createOpenapiClient(createSyncLogClient({ apiKey, baseUrl: server.url }));
  const found = await openapi.GET(path, { params: { path: ids } });
  expect(found.data).toEqual(exampleSyncLog("completed"));
  const missing = await openapi.GET(path, { params: { path: { ...ids, id: "missing" } } });
  expect(missing.data).toBeUndefined();
  expect(missing.error).toMatchObject({ status: "completed" });
  expect(missing.response.status).toBe(404);
});

describe("numbers", () => {
  it.each([
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { deadlineMs: -1 },
    { retry: { maxRetries: -1 } },
    { retry: { baseDelayMs: Number.NaN } },
  ])("that make no sense are refused, at creation and in a call: %j", async (options) => {
    const server = await startServer((_request, response) => response.end(smallestAnswer));
    expect(() => createSyncLogClient({ apiKey, ...options })).toThrow(/number/);
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await syncLogErrorOf(client.getSyncLog(ids, options));
    expect(error.code).toBe("invalid_parameter");
    expect(server.requests).toEqual([]);
  });

  it("of bytes are refused where no body could be read", () => {
    expect(() => createSyncLogClient({ apiKey, maxResponseBytes: 0 })).toThrow(/maxResponseBytes/);
  });
});
