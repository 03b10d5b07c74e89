import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const syncLog = exampleSyncLog("completed", { errorMessage: "Zürich, 東京" });
const text = JSON.stringify(syncLog);
const halves = [text.slice(0, 9), text.slice(9)];
const bytes = Buffer.from(text);

/** A client whose `fetch` gives this, whatever its type says. */
function clientOf(response: unknown, options: SyncLogClientOptions = {}) {
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    retry: { baseDelayMs: 0 },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what mocks and other fetches give in its place
    fetch: () => Promise.resolve(response as Response),
    ...options,
  });
  return client;
}

const byteByByte = (): Readable => Readable.from([...bytes].map((byte) => Buffer.from([byte])));

describe.each<[string, () => unknown]>([
  ["with a stream of Node's", () => ({ status: 200, headers: new Headers(), body: byteByByte() })],
  ["with a stream of texts", () => ({ status: 200, headers: {}, body: Readable.from(halves) })],
  ["with a text only", () => ({ status: 200, headers: {}, text: async () => text })],
  ["with JSON only", () => ({ status: 200, ok: true, json: async () => syncLog })],
  [
    "with an ArrayBuffer only",
    () => ({
      status: 200,
      arrayBuffer: async () =>
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    }),
  ],
  ["with a body of text only", () => ({ status: 200, headers: new Map(), body: text })],
  [
    "with a body of bytes only",
    () => ({ status: 200, headers: { get: () => undefined }, body: bytes }),
  ],
  ["with a Blob only", () => ({ status: 200, headers: {}, body: new Blob(halves) })],
  ["with a body of bytes", () => ({ status: 200, body: bytes, text: async () => text })],
])("a response %s", (_, create) => {
  it("is read", async () => {
    await expect(clientOf(create()).getSyncLog(ids)).resolves.toEqual(syncLog);
  });

  it("is refused where it is too large", async () => {
    const call = clientOf(create(), { maxResponseBytes: bytes.byteLength - 1 }).getSyncLog(ids);
    expect(await rejection(call)).toMatchObject({ code: "response_format", reason: "too-large" });
  });

  it("ends a wait", async () => {
    await expect(clientOf(create()).waitForSyncLog(ids)).resolves.toMatchObject({ polls: 1 });
  });
});

it.each<[string, unknown]>([
  ["an object", { "Retry-After": "7", "X-Request-Id": "r-1" }],
  [
    "a Map",
    new Map([
      ["Retry-After", "7"],
      ["X-Request-Id", "r-1"],
    ]),
  ],
  [
    "pairs",
    [
      ["retry-after", "7"],
      ["x-request-id", "r-1"],
    ],
  ],
])("headers that are %s are read", async (_, headers) => {
  const seen: (string | null)[] = [];
  const client = clientOf(
    { status: 503, headers, text: async () => "" },
    {
      retry: false,
      hooks: { onResponse: (response) => void seen.push(response.headers.get("retry-after")) },
    },
  );
  expect(await syncLogErrorOf(client.getSyncLog(ids))).toMatchObject({
    retryAfterMs: 7000,
    attempts: [{ requestId: "r-1" }],
  });
  expect(seen).toEqual(["7"]);
});

const get = (name: string): string | undefined => (name === "retry-after" ? "7" : undefined);

it("headers that only have a `get` are asked, and no method is shown as a header", async () => {
  const error = await syncLogErrorOf(
    clientOf({ status: 503, headers: { get } }, { retry: false }).getSyncLog(ids),
  );
  expect(error).toMatchObject({ retryAfterMs: 7000, code: "server_error" });
  expect(Reflect.get(error, "headers")).toEqual(new Headers());
});

it("JSON that is undefined is no body", async () => {
  const response = { status: 200, headers: {}, json: async () => undefined };
  const call = clientOf(response, { retry: false }).getSyncLog(ids);
  expect(await rejection(call)).toMatchObject({ reason: "malformed" });
});

it("headers that a Headers refuses are shown as the bytes that were sent, or not", async () => {
  const headers = { "x-note": "用户", "x-lines": "a\nb", "bad name": "x", "x-request-id": "r-1" };
  const call = clientOf({ status: 503, headers, text: async () => "" }).getSyncLog(ids);
  const error = await syncLogErrorOf(call);
  expect(error.attempts).toHaveLength(3);
  const shown = Object.fromEntries(Reflect.get(error, "headers") as Headers);
  expect(shown).toEqual({
    "x-note": Buffer.from("用户").toString("latin1"),
    "x-request-id": "r-1",
  });
});

it.each<[string, unknown]>([
  ["nothing", undefined],
  ["a text", text],
  ["got's answer", { statusCode: 200, headers: {}, body: text }],
  ["the same response twice", Response.json(syncLog)],
])("a `fetch` that gives %s is a mistake, which is said once", async (_, response) => {
  const client = clientOf(response);
  await client.getSyncLog(ids).catch(() => undefined);
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(error).toMatchObject({ code: "invalid_parameter", parameter: "fetch", attempts: [] });
});
