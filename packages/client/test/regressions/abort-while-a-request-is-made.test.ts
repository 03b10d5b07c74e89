import { expect, it } from "vitest";
import { createNodeFetch } from "../../src/node/index.ts";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { closeAfterTest, startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

type OptionsOf = (abort: () => undefined) => Partial<SyncLogClientOptions>;

function abortNow(controller: AbortController): undefined {
  controller.abort("left");
}

/** What the client calls before it waits for anything. */
const callbacks: [string, OptionsOf][] = [
  ["onRequest", (abort) => ({ hooks: { onRequest: abort } })],
  ["traceparent", (abort) => ({ hooks: { traceparent: abort } })],
  [
    "the function for the key",
    (abort) => ({
      apiKey: () => {
        abort();
        return apiKey;
      },
    }),
  ],
  [
    "a fetch on node:http",
    (abort) => {
      const nodeFetch = createNodeFetch();
      closeAfterTest(() => Promise.resolve(nodeFetch.close()));
      return {
        fetch: (url, init) => {
          abort();
          return nodeFetch(url, init);
        },
      };
    },
  ],
];

it.each(callbacks)(
  "an abort in %s rejects the first call, and no request is sent",
  async (_, optionsOf) => {
    const server = await startServer((_request, response) => response.end(smallestAnswer));
    const create = (controller: AbortController) =>
      createSyncLogClient({
        apiKey,
        baseUrl: server.url,
        ...optionsOf(() => abortNow(controller)),
      });
    const first = new AbortController();
    const options = { signal: first.signal };
    expect(await rejection(create(first).getSyncLog(ids, options))).toBe("left");
    const second = new AbortController();
    const call = createOpenapiClient(create(second)).GET(
      "/workspaces/{workspaceId}/sync-logs/{id}",
      {
        params: { path: ids },
        signal: second.signal,
      },
    );
    expect(await rejection(call)).toBe("left");
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(server.requests).toEqual([]);
  },
);

it("an abort of a call while it is made does not touch the next call", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  const controller = new AbortController();
  const hooks = { traceparent: () => abortNow(controller) };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks });
  const left = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  await expect(client.getSyncLog(ids)).resolves.toEqual({ id: ids.id });
  expect(await left).toBe("left");
});
