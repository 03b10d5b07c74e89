import { describe, expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

const deep = "[".repeat(300_000) + "]".repeat(300_000);
const long = "x".repeat(5_000_000);

describe.each([
  ["deep messages", `{"message":${deep}}`],
  ["deep texts in messages", `{"message":["no",${deep}]}`],
  ["a long message", JSON.stringify({ message: long })],
  [
    "many messages",
    JSON.stringify({ message: Array.from({ length: 50_000 }, () => "no".repeat(9)) }),
  ],
  ["a long text", JSON.stringify(long)],
  ["a number as its message", '{"message":5}'],
])("a 503 with %s", (_, body) => {
  it("is a server error, sent again, with a short message", async () => {
    const server = await startServer((_request, response) => response.writeHead(503).end(body));
    const retry = { maxRetries: 1, baseDelayMs: 1 };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "server_error", status: 503 });
    expect(server.requests).toHaveLength(2);
    expect(error.message.length).toBeLessThan(1500);
  });
});

it.each(["note", "status", "recordsIngested", "manualSyncData"])(
  "a sync log whose %s is deep is told, and in the error of its wait it is cut",
  async (name) => {
    const body = `{"id":"${ids.id}","status":"ingesting","${name}":${deep}}`;
    const { client, clock } = createScriptedClient(() => new Response(body));
    let told = 0;
    const onProgress = (): void => void (told += 1);
    const wait = syncLogErrorOf(client.waitForSyncLog(ids, { maxWaitMs: 5000, onProgress }));
    const error = await clock.run(wait);
    expect(error).toMatchObject({ code: "wait_timeout", lastSyncLog: { id: ids.id } });
    expect(told).toBeGreaterThan(0);
    expect(error.message.length).toBeLessThan(500);
  },
);

it("a status of megabytes is named by its beginning", async () => {
  const logged: string[] = [];
  const warn = (message: string, fields: object): void => {
    logged.push(message + JSON.stringify(fields));
  };
  const { client, clock } = createScriptedClient(() => ({ status: long }), {
    logger: createLogger({ warn }),
  });
  const error = await clock.run(syncLogErrorOf(client.waitForSyncLog(ids, { maxWaitMs: 2000 })));
  expect(error.message.length).toBeLessThan(500);
  expect(Math.max(...logged.map((text) => text.length))).toBeLessThan(500);
});

/** Of 3 MB: whole, each would take seconds. */
const manyParts = [
  ["numbers", `[${"1,".repeat(1_500_000)}1]`],
  ["arrays", `[${"[],".repeat(1_000_000)}1]`],
  ["objects", `{"message":[${'{"a":1},'.repeat(375_000)}1]}`],
  ["texts", `{"message":[${'"x",'.repeat(750_000)}1]}`],
] as const;

it.each(manyParts)("a body of many %s takes no more time than its text", async (_, body) => {
  const { client } = createScriptedClient((request) => {
    return new Response(body, { status: request === 1 ? 404 : 200 });
  });
  const before = process.cpuUsage();
  const notFound = await syncLogErrorOf(client.getSyncLog(ids));
  const malformed = await syncLogErrorOf(client.getSyncLog(ids, { retry: false }));
  const { user } = process.cpuUsage(before);
  expect([notFound.code, malformed.code]).toEqual(["not_found", "response_format"]);
  expect(JSON.stringify(notFound).length).toBeLessThan(250_000);
  expect(user / 1e6).toBeLessThan(1);
});

it("a key is taken out of a body before it is cut", async () => {
  const body = `${"x".repeat(99_990)}${apiKey}${"x".repeat(99_990)}`;
  const { client } = createScriptedClient(() => new Response(body, { status: 404 }));
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  expect(JSON.stringify(error)).not.toContain(apiKey.slice(0, 8));
});
