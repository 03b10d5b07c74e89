import { Agent, interceptors } from "undici";
import { expect, it } from "vitest";
import { createSyncLogClient, type RequestHeaders } from "../../src/index.ts";
import { createNodeFetch, createUndiciFetch } from "../../src/node/index.ts";
import { closeAfterTest, startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

/** A server whose sync ends with the third request, and that allows to keep each answer for an hour. */
function startCacheable() {
  const cacheControls: unknown[] = [];
  const started = startServer((request, response) => {
    cacheControls.push(request.headers["cache-control"]);
    const name = cacheControls.length < 3 ? "ingesting" : "completed";
    response.writeHead(200, { "cache-control": "max-age=3600" });
    response.end(JSON.stringify(exampleSyncLog(name)));
  });
  return { started, cacheControls };
}

function startAgent(): Agent {
  const agent = new Agent();
  closeAfterTest(() => agent.destroy());
  return agent;
}

function startNodeFetch() {
  const nodeFetch = createNodeFetch();
  closeAfterTest(() => Promise.resolve(nodeFetch.close()));
  return nodeFetch;
}

it.each([
  ["fetch", () => undefined],
  ["a fetch of the caller's", () => (url: string, init: RequestInit) => fetch(url, init)],
  ["node:http", startNodeFetch],
  ["undici", () => createUndiciFetch(startAgent())],
  ["undici with a cache", () => createUndiciFetch(startAgent().compose(interceptors.cache()))],
])("a wait over %s sees what is, not what a cache has", async (_, create) => {
  const { started, cacheControls } = startCacheable();
  const { url } = await started;
  const client = createSyncLogClient({ apiKey, baseUrl: url, fetch: create() });
  const { polls } = await client.waitForSyncLog(ids, { minIntervalMs: 1, maxIntervalMs: 2 });
  expect(polls).toBe(3);
  expect(cacheControls).toEqual(["no-cache", "no-cache", "no-cache"]);
});

it("a `fetch` is told by its option, and by a header that the caller may replace", async () => {
  const sent: unknown[] = [];
  const ask = async (headers?: RequestHeaders) => {
    const client = createSyncLogClient({
      apiKey,
      headers,
      fetch(_url, init) {
        sent.push([Reflect.get(init, "cache"), new Headers(init.headers).get("cache-control")]);
        return Promise.resolve(Response.json(exampleSyncLog("completed")));
      },
    });
    await client.getSyncLog(ids);
  };
  await ask();
  await ask({ "Cache-Control": "no-store" });
  expect(sent).toEqual([
    ["no-store", "no-cache"],
    ["no-store", "no-store"],
  ]);
});
