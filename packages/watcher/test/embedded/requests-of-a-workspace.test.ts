import { readFileSync } from "node:fs";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSyncLogWatcher } from "../../src/index.ts";
import { targets, workspaceId } from "../support/targets.ts";

function example(name: string): Record<string, unknown> {
  const file = new URL(`../../../../specs/examples/${name}.json`, import.meta.url);
  const body: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));
  return body;
}

const bodies = { ingesting: example("ingesting"), completed: example("completed") };
const all = targets(200);
/** They end evenly spread between this and four times as long after the start, in milliseconds. */
const firstEndMs = 20_000;
const roundTripMs = 50;

/** How many requests it takes to watch syncs of one workspace to their ends, in virtual time. */
async function countRequests(): Promise<{ lists: number; singles: number }> {
  const startedAtMs = performance.now();
  const bodyOf = (id: string): object => {
    const endMs = firstEndMs * (1 + (3 * all.findIndex((one) => one.id === id)) / all.length);
    const hasEnded = performance.now() - startedAtMs >= endMs;
    return { ...bodies[hasEnded ? "completed" : "ingesting"], id, workspaceId };
  };
  const counts = { lists: 0, singles: 0 };
  const client = createSyncLogClient({
    apiKey: "q_sk_requests-4b2",
    baseUrl: "http://localhost",
    fetch: async (request) => {
      const [, , , , id] = new URL(new Request(request).url).pathname.split("/");
      await new Promise((resolve) => setTimeout(resolve, roundTripMs));
      counts[id === undefined ? "lists" : "singles"] += 1;
      return Response.json(id === undefined ? all.map((one) => bodyOf(one.id)) : bodyOf(id));
    },
  });
  let ended = 0;
  const watcher = createSyncLogWatcher({ client, onOutcome: () => (ended += 1) });
  for (const each of all) await watcher.watch(each);
  while (ended < all.length) await vi.advanceTimersByTimeAsync(roundTripMs);
  await watcher.close({ graceMs: 0 });
  return counts;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("200 watches of a workspace take one request each, a list every 1.5 seconds, and a few samples", async () => {
  const { lists, singles } = await countRequests();
  expect(lists).toBeLessThanOrEqual((4 * firstEndMs) / 1500);
  expect(singles).toBeLessThanOrEqual(all.length + 10);
});
