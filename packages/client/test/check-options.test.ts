import { describe, expect, it } from "vitest";
import { createSyncLogClient, createSyncLogReader } from "../src/index.ts";
import { createNodeFetch, createUndiciFetch } from "../src/node/index.ts";
import { createOpenapiClient } from "../src/openapi/index.ts";
import { createVirtualClock } from "../src/testing/index.ts";
import { rejection, syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "./fixtures/sync-logs.ts";

const validator = { "~standard": { validate: () => ({}) } };

/** What JavaScript may pass. */
function anything(value: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as never;
}

async function startClient() {
  const server = await startServer((_, response) => {
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  return { server, client: createSyncLogClient({ apiKey, baseUrl: server.url }) };
}

describe("an unknown option of a client", () => {
  it.each([
    ["timeout", "timeoutMs"],
    ["baseURL", "baseUrl"],
    ["apikey", "apiKey"],
    ["key", "apiKey"],
    ["url", "baseUrl"],
    ["defaultHeaders", "headers"],
    ["hedaers", "headers"],
    ["retries", "retry.maxRetries"],
    ["maxRetries", "retry.maxRetries"],
    ["onRequest", "hooks.onRequest"],
    ["maxBytes", "maxResponseBytes"],
    ["dangerouslyAllowBrowsers", "dangerouslyAllowBrowser"],
    ["toString", null],
    ["x", null],
    ["", null],
  ])("%s is refused, and the nearest is named: %s", (name, nearest) => {
    const options = anything({ apiKey, [name]: 1 });
    const message = `Unknown option \`${name}\`.${nearest === null ? "" : ` Did you mean \`${nearest}\`?`}`;
    for (const create of [createSyncLogClient, createSyncLogReader]) {
      expect(() => create(options)).toThrow(expect.objectContaining({ message, parameter: name }));
    }
  });

  it.each([
    [{ retry: { retries: 3 } }, "retry.retries", "retry.maxRetries"],
    [{ hooks: { beforeRequest: () => undefined } }, "hooks.beforeRequest", "hooks.onRequest"],
  ])("%j is refused within another", (options, name, nearest) => {
    const message = `Unknown option \`${name}\`. Did you mean \`${nearest}\`?`;
    expect(() => createSyncLogClient(anything({ apiKey, ...options }))).toThrow(message);
  });

  it("passes where it has no value", () => {
    const options = anything({ apiKey, timeout: undefined });
    expect(() => createSyncLogClient(options)).not.toThrow();
  });
});

describe("options of a client that are refused", () => {
  const notOptions = [null, "q_sk_test", 5, [], new Map(), new Date(), Promise.resolve()].map(
    (value) => ["options", value] as const,
  );
  it.each(notOptions)("%s: %j", (parameter, value) => {
    expect(() => createSyncLogClient(anything(value))).toThrow(
      expect.objectContaining({ code: "invalid_parameter", parameter }),
    );
  });

  it.each<[string, unknown]>([
    ["apiKey", 5],
    ["apiKey", null],
    ["baseUrl", 5],
    ["fetch", {}],
    ["fetchOptions", "no-store"],
    ["fetchOptions", []],
    ["headers", null],
    ["headers", ["ab"]],
    ["headers", [["a"]]],
    ["headers", [["a", "b", "c"]]],
    ["headers", [1]],
    ["headers", [null]],
    ["headers", [[1, "a"]]],
    ["headers", new Map([[1, 2]])],
    ["headers", new Date()],
    ["headers", Promise.resolve({})],
    ["headers", () => ({})],
    ["timeoutMs", "5"],
    ["timeoutMs", 0],
    ["deadlineMs", Number.NaN],
    ["retry", true],
    ["retry", []],
    ["retry", Promise.resolve()],
    ["maxResponseBytes", "1kB"],
    ["validate", true],
    ["validate", []],
    ["logger", "debug"],
    ["logger", true],
    ["logger", { info: () => undefined }],
    ["hooks", () => undefined],
    ["hooks", []],
    ["hooks", new Map()],
    ["dangerouslyAllowBrowser", "yes"],
    ["clock", Date],
    ["random", 0.5],
  ])("%s: %j", (parameter, value) => {
    expect(() => createSyncLogClient(anything({ apiKey, [parameter]: value }))).toThrow(
      expect.objectContaining({ code: "invalid_parameter", parameter }),
    );
  });

  it.each([
    ["retry.maxRetries", { retry: { maxRetries: "3" } }],
    ["hooks.onRequest", { hooks: { onRequest: "log" } }],
    ["validate.onInvalid", { validate: { validator, onInvalid: "wran" } }],
    ["validate.oninvalid", { validate: { validator, oninvalid: "warn" } }],
    ["validate.validator", { validate: { validator: "zod", onInvalid: "warn" } }],
  ])("%s", (parameter, options) => {
    expect(() => createSyncLogClient(anything({ apiKey, ...options }))).toThrow(
      expect.objectContaining({ code: "invalid_parameter", parameter }),
    );
  });
});

it("loggers, switches and retries of every usual form pass", () => {
  class OwnLogger {
    readonly level = "warn";
    readonly debug = (): void => undefined;
    readonly info = this.debug;
    readonly warn = this.debug;
    error(): void {}
  }
  for (const logger of [console, new OwnLogger(), Object.assign(() => undefined, console)]) {
    const options = { apiKey, logger, dangerouslyAllowBrowser: false, retry: false } as const;
    expect(() => createSyncLogClient(options)).not.toThrow();
  }
});

describe("what makes a fetch", () => {
  it.each<[string, unknown]>([
    ["Unknown option `maxSocket`. Did you mean `maxSockets`?", { maxSocket: 5 }],
    ["`maxSockets` has to be a number of 1 or more.", { maxSockets: 0 }],
    ["`tls` has to be an object.", { tls: true }],
    ["Unknown option `ca`. Did you mean `tls.ca`?", { ca: "-----BEGIN" }],
    ["`agent` has no method `addRequest`.", { agent: {} }],
    ["`options` has to be an object.", null],
  ])("of node:http refuses %s", (message, options) => {
    expect(() => createNodeFetch(anything(options))).toThrow(message);
  });

  it.each([undefined, null, {}, "agent"])("of undici refuses %s as a dispatcher", (dispatcher) => {
    expect(() => createUndiciFetch(anything(dispatcher))).toThrow(
      "`dispatcher` has no method `request`.",
    );
  });
});

it.each<[string, unknown, unknown]>([
  ["`startEpochMs` has to be a number of 0 or more.", new Date(), undefined],
  ["`startEpochMs` has to be a number of 0 or more.", {}, undefined],
  ["`options` has to be an object.", 0, null],
  ["Unknown option `patience`. Did you mean `patienceMs`?", 0, { patience: 1 }],
  ["`patienceMs` has to be a number of 0 or more.", 0, { patienceMs: "1" }],
])("a virtual clock refuses %s", (message, startEpochMs, options) => {
  expect(() => createVirtualClock(anything(startEpochMs), anything(options))).toThrow(message);
});

it.each([undefined, null, {}, createSyncLogReader({ apiKey })])(
  "openapi-fetch refuses %s as a client",
  (client) => {
    expect(() => createOpenapiClient(anything(client))).toThrow(
      "`client` has to be what `createSyncLogClient` makes.",
    );
  },
);

describe("options of a call", () => {
  it.each<[unknown, string]>([
    [null, "options"],
    [[], "options"],
    [{ retry: [] }, "retry"],
    [{ headers: ["ab"] }, "headers"],
    [0, "options"],
    [{ timeout: 5 }, "timeout"],
    [{ apiKey: "q_sk_other" }, "apiKey"],
    [{ timeoutMs: "5" }, "timeoutMs"],
    [{ signal: new AbortController() }, "signal"],
    [{ retry: { retries: 1 } }, "retry.retries"],
    [{ fetchOptions: { method: "POST" } }, "fetchOptions.method"],
  ])("%j are refused before any request, of calls and of waits", async (options, parameter) => {
    const { client, server } = await startClient();
    for (const call of [
      client.getSyncLog(ids, anything(options)),
      client.waitForSyncLog(ids, anything(options)),
      client.watchSyncLog(ids, anything(options)).next(),
    ]) {
      expect(await syncLogErrorOf(call)).toMatchObject({ code: "invalid_parameter", parameter });
    }
    expect(server.requests).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ interval: 5 }, "Unknown option `interval`. Did you mean `minIntervalMs`?"],
    [{ timeout: 5 }, "Unknown option `timeout`. Did you mean `timeoutMs`?"],
    [{ maxWait: 5 }, "Unknown option `maxWait`. Did you mean `maxWaitMs`?"],
    [{ maxWaitMs: "5" }, "`maxWaitMs` has to be a number of 0 or more."],
    [{ onProgress: {} }, "`onProgress` has to be a function."],
  ])("%j are refused of a wait", async (options, message) => {
    const { client } = await startClient();
    expect(await rejection(client.waitForSyncLog(ids, anything(options)))).toMatchObject({
      message,
    });
  });

  it("that only another method has are unknown", async () => {
    const { client } = await startClient();
    const options = anything({ onProgress: () => undefined });
    const error = await rejection(client.watchSyncLog(ids, options).next());
    expect(error).toMatchObject({ parameter: "onProgress" });
  });
});
