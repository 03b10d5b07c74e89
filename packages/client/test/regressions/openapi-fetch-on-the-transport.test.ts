import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const path = "/workspaces/{workspaceId}/sync-logs/{id}";

it("openapi-fetch leaves no listener on a signal that serves many calls", async () => {
  const { signal } = new AbortController();
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    fetch: () => Promise.resolve(Response.json(exampleSyncLog("completed"))),
  });
  const openapi = createOpenapiClient(client);
  openapi.use({ onRequest: ({ request }) => new Request(request.clone()) });
  for (let count = 0; count < 1000; count += 1) {
    await openapi.GET(path, { params: { path: ids }, signal });
  }
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

it("an abort reaches a request that a middleware of openapi-fetch has made anew", async () => {
  const reached = Promise.withResolvers<undefined>();
  const server = await startServer(() => reached.resolve(undefined));
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const openapi = createOpenapiClient(client);
  openapi.use({ onRequest: ({ request }) => new Request(request.clone()) });
  const controller = new AbortController();
  const options = { params: { path: ids }, signal: controller.signal };
  const call = rejection(openapi.GET(path, options));
  await reached.promise;
  // A Request that nobody holds any more is gone by then, and with it what it would have passed on.
  collectGarbage();
  controller.abort("left");
  expect(await call).toBe("left");
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  expect(await rejection(openapi.GET(path, options))).toBe("left");
});

it("`validate` looks at the sync logs that openapi-fetch reads", async () => {
  const server = await startServer((_, response) => response.end('{"bogus":1}'));
  const validate = { "~standard": { validate: () => ({ issues: [{ message: "is bad" }] }) } };
  const client = createSyncLogClient({ apiKey, baseUrl: `${server.url}/base/`, validate });
  expect(
    await rejection(createOpenapiClient(client).GET(path, { params: { path: ids } })),
  ).toMatchObject({
    code: "response_invalid",
  });
});

it("a status that a Response can't have rejects openapi-fetch with the error of the client", async () => {
  const server = await startServer((_, response) => response.writeHead(600).end("{}"));
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry: false });
  const error = await rejection(createOpenapiClient(client).GET(path, { params: { path: ids } }));
  expect(error).toMatchObject({ name: "ServerError", status: 600 });
});

it("what a hook throws rejects openapi-fetch as it is", async () => {
  const mine = new Error("not today");
  const hooks = { onRequest: () => Promise.reject(mine) };
  const client = createSyncLogClient({ apiKey, baseUrl: "http://localhost", hooks });
  expect(await rejection(createOpenapiClient(client).GET(path, { params: { path: ids } }))).toBe(
    mine,
  );
});
