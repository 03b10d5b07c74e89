import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { createSyncLogClient, type HookRequest } from "../../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("a hook that keeps a request never finds the key in it", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  const seen: HookRequest[] = [];
  const onRequest = (request: HookRequest): void => void seen.push(request);
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks: { onRequest } });
  await client.getSyncLog(ids);
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain(apiKey);
});

it("what a hook changes after its end is not sent", async () => {
  const received: string[] = [];
  const server = await startServer((request, response) => {
    received.push(...request.rawHeaders);
    response.end(smallestAnswer);
  });
  const client = createSyncLogClient({
    apiKey: () => delay(50, apiKey),
    baseUrl: server.url,
    hooks: {
      onRequest(request) {
        setTimeout(() => {
          Object.assign(request.headers, { "X-API-KEY": "mine", "x-late": "1" });
          request.url = `${server.url}/late`;
        });
      },
    },
  });
  await client.getSyncLog(ids);
  expect(received).toContain(apiKey);
  expect(received).not.toContain("mine");
  expect(received).not.toContain("x-late");
  expect(server.requests).not.toContain("/late");
});
