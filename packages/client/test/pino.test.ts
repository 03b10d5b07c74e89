import { pino } from "pino";
import { expect, it } from "vitest";
import { ConnectionError, createSyncLogClient } from "../src/index.ts";
import { syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "./fixtures/sync-logs.ts";

function createLog() {
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void lines.push(line) });
  const entries = (): unknown[] => lines.map((line): unknown => JSON.parse(line));
  return { log, lines, entries };
}

it("pino shows what an error knows, and never the key", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(503, { "x-request-id": "req_1" });
    response.end(JSON.stringify({ message: `not with ${apiKey}` }));
  });
  const retry = { maxRetries: 1, baseDelayMs: 1 };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry });
  const error = await syncLogErrorOf(client.getSyncLog(ids));
  const { log, lines, entries } = createLog();
  log.error(error);
  log.error({ err: error, more: error }, "failed");
  const known = {
    message: error.message,
    code: "server_error",
    status: 503,
    headers: { "x-request-id": "req_1" },
    attempts: [{ status: 503, requestId: "req_1" }, { status: 503 }],
  };
  expect(entries()).toMatchObject([
    { err: { type: "ServerError", stack: error.stack, ...known } },
    { err: known, more: { name: "ServerError", ...known }, msg: "failed" },
  ]);
  expect(lines.join("")).not.toContain(apiKey);
});

it("pino shows what caused an error", () => {
  const { log, lines } = createLog();
  log.error(new ConnectionError("no response", { cause: new Error("ECONNRESET of the socket") }));
  expect(lines.join("")).toContain("ECONNRESET of the socket");
});

it("the client logs to pino with its fields", async () => {
  const { log, entries } = createLog();
  const logger = {
    debug: (message: string, fields: object) => log.debug(fields, message),
    info: (message: string, fields: object) => log.info(fields, message),
    warn: (message: string, fields: object) => log.warn(fields, message),
    error: (message: string, fields: object) => log.error(fields, message),
  };
  const client = createSyncLogClient({
    apiKey,
    fetch: () => Promise.resolve(Response.json({ id: ids.id })),
    logger,
  });
  await client.getSyncLog(ids);
  expect(entries()).toMatchObject([{ level: 20, status: 200 }]);
});
