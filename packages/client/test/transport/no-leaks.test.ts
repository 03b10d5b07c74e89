import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createVirtualClock } from "../../src/testing/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { answerTo, apiKey, ids } from "../fixtures/sync-logs.ts";

// An error costs much more time than a success: one call in fifty.
function answer(call: number, url: string): Response {
  if (call % 100 === 0) return new Response(null, { status: 404 });
  const text = answerTo(url);
  return new Response(call % 100 === 50 ? "<html>" : text, {
    headers: { "content-length": String(text.length) },
  });
}

it("leaves no listener and no timer behind after 100,000 calls on one signal", async () => {
  const clock = createVirtualClock();
  const { signal } = new AbortController();
  let calls = 0;
  const client = createSyncLogClient({
    apiKey,
    clock,
    retry: false,
    fetch: (url) => {
      calls += 1;
      return Promise.resolve(answer(calls, url));
    },
  });
  for (let round = 0; round < 1000; round += 1) {
    const batch = Array.from({ length: 100 }, (_, index) =>
      client.getSyncLog({ ...ids, id: `sync_${index}` }, { signal }),
    );
    await Promise.allSettled(batch);
  }
  expect(calls).toBe(100_000);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(clock.timerCount).toBe(0);
});

it("has one listener on a signal however many calls wait for it", async () => {
  const server = await startServer((request, response) => {
    setTimeout(() => response.end(answerTo(request.url)), 30);
  });
  const { signal } = new AbortController();
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const calls = Array.from({ length: 50 }, (_, index) =>
    client.getSyncLog({ ...ids, id: `sync_${index}` }, { signal }),
  );
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await Promise.all(calls);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

function timeouts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

it("leaves no timer that keeps the process alive", async () => {
  const before = timeouts();
  const client = createSyncLogClient({
    apiKey,
    fetch: (url) => Promise.resolve(Response.json({ id: url.slice(url.lastIndexOf("/") + 1) })),
  });
  await Promise.all([client.getSyncLog(ids), client.getSyncLog(ids)]);
  expect(timeouts()).toBe(before);
});
