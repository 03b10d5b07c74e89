import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, type Logger } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { ids } from "../fixtures/sync-logs.ts";

// With characters that every encoding changes.
const apiKey = 'q_sk_A/b+c=d&e"f%g\\h<i>';

const encodings: [string, (text: string) => string][] = [
  ["as it is", (text) => text],
  ["percent-encoded", encodeURIComponent],
  ["percent-encoded in lower case", (text) => encodeURIComponent(text).toLowerCase()],
  ["every character percent-encoded", (text) => text.replace(/[^]/g, (c) => `%${hex(c)}`)],
  ["as a form", (text) => new URLSearchParams({ key: text }).toString()],
  ["as JSON", (text) => JSON.stringify(text)],
  ["as JSON in JSON", (text) => JSON.stringify(JSON.stringify(text))],
  ["as JSON escapes", (text) => text.replace(/[^]/g, (c) => String.raw`\u00${hex(c)}`)],
  ["as HTML entities", (text) => text.replace(/[^\w]/g, (c) => `&#${c.charCodeAt(0)};`)],
  ["as named HTML entities", escapeHtml],
  ["as base64", (text) => btoa(text)],
  ["as basic authorization", (text) => btoa(`user:${text}`)],
  ["as base64 with a longer prefix", (text) => btoa(`{"k":"${text}"}`)],
  ["as base64url", (text) => Buffer.from(text).toString("base64url")],
  ["as hex", (text) => Buffer.from(text).toString("hex")],
];

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "amp", '"': "quot", "<": "lt", ">": "gt" };
  return text.replace(/[&"<>]/g, (c) => `&${names[c]};`);
}

/** Everything that a program might show of a value. */
function allTextsOf(value: unknown): string {
  const shown = [
    inspect(value, { depth: 20, showHidden: true }),
    JSON.stringify(value),
    String(value),
  ];
  if (value instanceof Error) {
    const rest: Record<string, unknown> = Object.fromEntries(Object.entries(value));
    if (rest["headers"] instanceof Headers) shown.push(...rest["headers"].values());
    shown.push(value.message, value.stack ?? "", allTextsOf(value.cause), JSON.stringify(rest));
  }
  return shown.join("\n");
}

/** In which forms a text has the key, or a part of it that can be recognized. */
function keysIn(text: string): string[] {
  const forms = encodings.map(([, encode]) => encode(apiKey));
  return [...forms, "A/b+c", btoa(apiKey).slice(0, 20)].filter((form) => text.includes(form));
}

function collectLogs(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const write = (...parts: unknown[]): void => void lines.push(allTextsOf(parts));
  return { logger: { debug: write, info: write, warn: write, error: write }, lines };
}

describe.each(encodings)("a key that the server sends back %s", (_, encode) => {
  it.each([
    ["in the text of an error", 500, (key: string) => `No: ${key}!`],
    ["in the JSON of an error", 400, (key: string) => JSON.stringify({ message: [`bad ${key}`] })],
    ["in a page with status 200", 200, (key: string) => `<p>${key}</p>`],
  ])("%s shows nowhere", async (_place, status, bodyOf) => {
    const server = await startServer((request, response) => {
      const reflected = encode(String(request.headers["x-api-key"]));
      response.writeHead(status, { "x-reflected": reflected.replace(/[^\x20-\x7e]/g, "") });
      response.end(bodyOf(reflected));
    });
    const { logger, lines } = collectLogs();
    const retry = { baseDelayMs: 1, maxRetries: 1 };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, logger, retry });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ status });
    expect(keysIn(allTextsOf(error))).toEqual([]);
    expect(keysIn(lines.join("\n"))).toEqual([]);
  });
});

it.each([200, 400])("a short key shows in no value of the JSON of a %i", async (status) => {
  const short = "abcdefg";
  for (const body of [short, [short], { id: short }, { a: [{ message: short }] }]) {
    const client = createSyncLogClient({
      apiKey: short,
      baseUrl: "http://localhost",
      fetch: () => Promise.resolve(Response.json(body, { status })),
    });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ status });
    expect(JSON.stringify(error)).toContain("[redacted]");
    expect(allTextsOf(error)).not.toContain(short);
  }
});

const keyAsName = "q_sk_lower_case";

describe.each<[string, object]>([
  ["an option", { [keyAsName]: 1 }],
  ["an option of a group", { retry: { [keyAsName]: 1 } }],
  ["a header that can't be sent", { headers: { [`x-api-key: ${keyAsName}`]: "" } }],
  ["a header whose value can't be sent", { headers: { [keyAsName]: "\n" } }],
])("a key in the name of %s", (_, options) => {
  const own = { apiKey: keyAsName, baseUrl: "http://localhost" };

  it("shows in no error of a call, a wait or a watch", async () => {
    const client = createSyncLogClient(own);
    const calls = [
      client.getSyncLog(ids, options),
      client.waitForSyncLog(ids, options),
      client.watchSyncLog(ids, options).next(),
    ];
    for (const error of await Promise.all(calls.map((call) => rejection(call)))) {
      expect(error).toMatchObject({ code: "invalid_parameter" });
      expect(String(error)).toContain("[redacted]");
      expect(allTextsOf(error)).not.toContain(keyAsName);
    }
  });

  it("shows in no error of the creation of a client", async () => {
    const created = Promise.resolve({ ...options, ...own }).then(createSyncLogClient);
    const error = await rejection(created);
    expect(error).toMatchObject({ code: "invalid_parameter" });
    expect(allTextsOf(error)).not.toContain(keyAsName);
  });
});

it("shows in no client, however it is looked at", async () => {
  const client = createSyncLogClient({ apiKey, baseUrl: "http://localhost" });
  expect(keysIn(allTextsOf(client))).toEqual([]);
  expect(keysIn(allTextsOf(createOpenapiClient(client)))).toEqual([]);
  expect(keysIn(allTextsOf(client.watchSyncLog(ids)))).toEqual([]);
});

it("shows in no redirect", async () => {
  const server = await startServer((request, response) => {
    const key = encodeURIComponent(String(request.headers["x-api-key"]));
    response.writeHead(302, { location: `https://elsewhere.example/?key=${key}` });
    response.end();
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  expect(keysIn(allTextsOf(await rejection(client.getSyncLog(ids))))).toEqual([]);
});

it("shows in no cause of an error that a fetch throws", async () => {
  const causes = [
    new Error(`bad header ${apiKey}`, { cause: new TypeError(`network ${btoa(apiKey)}`) }),
    Object.assign(new Error("failed"), { config: { headers: { "x-api-key": apiKey } } }),
    Object.assign(new Error("failed"), { request: new Map([["x-api-key", apiKey]]) }),
    { request: { headers: [apiKey] } },
    `failed with ${apiKey}`,
  ];
  for (const cause of causes) {
    const client = createSyncLogClient({
      apiKey,
      baseUrl: "http://localhost",
      retry: false,
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- a fetch may reject with anything
      fetch: () => Promise.reject(cause),
    });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "connection_failed" });
    expect(keysIn(allTextsOf(error))).toEqual([]);
  }
});

it.each([
  ["in the error of a server", () => new Response(keyNumber(0), { status: 500 })],
  ["in an error of `fetch`", () => Promise.reject(new Error(keyNumber(0)))],
  [
    "in headers, and in a body that is cut off",
    () => {
      const body = new ReadableStream({
        pull: (controller) => controller.error(new Error(keyNumber(0))),
      });
      return new Response(body, { headers: { "x-reflected": keyNumber(0) } });
    },
  ],
])("shows, however often the key was renewed meanwhile, not %s", async (_, answer) => {
  const slow = Promise.withResolvers<Response>();
  let asked = 0;
  let sent = 0;
  const seen: unknown[] = [];
  const client = createSyncLogClient({
    apiKey: () => keyNumber(asked++),
    baseUrl: "http://localhost",
    retry: false,
    hooks: { onResponse: ({ headers }) => void seen.push(...headers) },
    fetch() {
      sent += 1;
      return sent === 1 ? slow.promise : Promise.resolve(new Response(null, { status: 401 }));
    },
  });
  const error = rejection(client.getSyncLog(ids));
  for (let call = 0; call < 10; call += 1) await rejection(client.getSyncLog(ids));
  expect(asked).toBeGreaterThan(10);
  slow.resolve(answer());
  expect(allTextsOf(await error)).not.toContain(keyNumber(0));
  expect(allTextsOf(await error)).toContain("[redacted]");
  expect(allTextsOf(seen)).not.toContain(keyNumber(0));
});

function keyNumber(number: number): string {
  return `q_sk_0123456789_${number}_`;
}

it("leaves a cause that is clean as it is", async () => {
  const cause = new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "E" }),
  });
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    retry: false,
    fetch: () => Promise.reject(cause),
  });
  const error = await rejection(client.getSyncLog(ids));
  expect(error).toHaveProperty("cause", cause);
});

it("shows in no sync log that an error of a wait carries", async () => {
  const server = await startServer((request, response) => {
    const errorMessage = `refused ${String(request.headers["x-api-key"])}`;
    response.end(JSON.stringify({ ...ids, status: "ingesting", errorMessage }));
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const error = await rejection(client.waitForSyncLog(ids, { maxWaitMs: 2000 }));
  expect(error).toMatchObject({ code: "wait_timeout", lastSyncLog: { status: "ingesting" } });
  expect(keysIn(allTextsOf(error))).toEqual([]);
});
