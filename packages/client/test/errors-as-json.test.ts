import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import * as client from "../src/index.ts";
import { syncLogErrorOf } from "./fixtures/rejection.ts";
import { createScriptedClient } from "./fixtures/scripted-client.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "./fixtures/sync-logs.ts";

const { isSyncLogError, SyncLogError, syncLogErrorFrom } = client;

const answer = {
  status: 503,
  headers: new Headers({ "x-request-id": "r" }),
  body: { message: "later" },
  retryAfterMs: 7,
  correlationId: "c",
  cause: Object.assign(new TypeError("fetch failed", { cause: new Error("reset") }), { code: "E" }),
};

const errors = [
  new client.SyncLogApiError("x", answer),
  new client.BadRequestError("x", answer),
  new client.AuthenticationError("x", answer),
  new client.PermissionDeniedError("x", answer),
  new client.NotFoundError("x", answer),
  new client.RateLimitError("x", answer),
  new client.ServerError("x", answer),
  new client.ConnectionError("x", { cause: answer.cause }),
  new client.RequestTimeoutError("x", {}),
  new client.DeadlineExceededError("x", { cause: new client.ServerError("y", answer) }),
  new client.RedirectError("x", answer),
  new client.ResponseFormatError("x", { ...answer, reason: "malformed" }),
  new client.ResponseValidationError("x", { ...answer, issues: [{ message: "m", path: ["a"] }] }),
  new client.InvalidParameterError("x", { parameter: "id", cause: "why" }),
  new client.KeyFunctionError("x", { cause: answer.cause }),
  new client.WaitTimeoutError("x", { elapsedMs: 1, polls: 2 }),
];

const ways: readonly [string, (error: unknown) => unknown][] = [
  ["JSON", (error) => JSON.parse(JSON.stringify(error))],
  ["a structured clone", (error) => structuredClone(isSyncLogError(error) && error.toJSON())],
];

describe.each(ways)("through %s", (_, pass) => {
  it.each(errors.map((error) => [error.name, error] as const))("%s comes back", (_name, error) => {
    const back = syncLogErrorFrom(pass(error));
    expect(back).toBeInstanceOf(error.constructor);
    expect(back?.toJSON()).toEqual(error.toJSON());
    expect(back?.stack).toBe(error.stack);
    expect(Object.keys(back ?? {}).toSorted()).toEqual(Object.keys(error).toSorted());
    expect(String(back?.cause)).toBe(String(error.cause));
    expect(isSyncLogError(back?.cause)).toBe(isSyncLogError(error.cause));
  });
});

it("every class of error comes back", () => {
  const names = Object.entries(client).flatMap(([name, value]) =>
    typeof value === "function" && value.prototype instanceof SyncLogError ? [name] : [],
  );
  expect(errors.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});

it("an error of a call crosses to another thread and back", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(404, { "x-request-id": "req_1" });
    response.end(`{"message":"no ${apiKey}"}`);
  });
  const call = client.createSyncLogClient({ apiKey, baseUrl: server.url }).getSyncLog(ids);
  const error = await syncLogErrorOf(call);
  const code = `const { parentPort } = require("node:worker_threads");
parentPort.once("message", (message) => parentPort.postMessage(message));`;
  const worker = new Worker(code, { eval: true });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has none
  worker.postMessage(error.toJSON());
  const back = syncLogErrorFrom(await new Promise((resolve) => worker.once("message", resolve)));
  await worker.terminate();
  expect(client.isNotFoundError(back)).toBe(true);
  expect(back?.toJSON()).toEqual(error.toJSON());
  expect(back?.attempts).toMatchObject([{ status: 404, requestId: "req_1" }]);
  expect(JSON.stringify(error)).not.toContain(apiKey);
});

it("an error of a wait keeps what was seen", async () => {
  const { client: waiting, clock } = createScriptedClient(() => ({ status: "ingesting" }));
  const error = await clock.run(syncLogErrorOf(waiting.waitForSyncLog(ids, { maxWaitMs: 5000 })));
  const back = syncLogErrorFrom(JSON.parse(JSON.stringify(error)));
  expect(client.isWaitTimeoutError(back)).toBe(true);
  expect(back?.lastSyncLog).toEqual(error.lastSyncLog);
  expect(back?.history).toEqual(error.history);
});

it.each([
  undefined,
  null,
  "NotFoundError",
  { name: Object.create(null), code: "not_found", message: "m" },
  {},
  [],
  new Error("x"),
  { name: "Error", code: "not_found", message: "x" },
  { name: "NotFoundError", code: "server_error", message: "x" },
  { name: "NotFoundError", code: "not_found" },
  { name: "constructor", code: "not_found", message: "x" },
])("%j is not made an error of the package", (json) => {
  expect(syncLogErrorFrom(json)).toBeUndefined();
});

it("an error comes back without the headers that no server could send", () => {
  const headers = { "x-request-id": "r", "bad name": "x", "x-split": "a\r\nb" };
  const json = { name: "NotFoundError", code: "not_found", message: "m", headers };
  const back = syncLogErrorFrom(json);
  expect(back?.toJSON()).toMatchObject({ code: "not_found", headers: { "x-request-id": "r" } });
  expect(Object.keys(Object(back?.toJSON()["headers"]))).toEqual(["x-request-id"]);
});

it("an error of the package is given back as it is", () => {
  for (const error of errors) expect(syncLogErrorFrom(error)).toBe(error);
});

it("what caused an error may be anything", () => {
  const circle = new Error("circle");
  circle.cause = circle;
  const odd = Object.assign(new Error("odd"), { code: 1n, message: () => "x", more: process });
  for (const cause of [circle, odd, Symbol("s"), 1n, () => 1, { a: 1 }, null, 5, new Date()]) {
    const error = new client.ConnectionError("x", { cause });
    expect(() => structuredClone(error.toJSON())).not.toThrow();
    expect(syncLogErrorFrom(JSON.parse(JSON.stringify(error)))).toBeInstanceOf(SyncLogError);
  }
});
