import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, isSyncLogError, type ClientHooks } from "../../src/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const caller = new AsyncLocalStorage<string>();

const hooksOfCallers: readonly (readonly [string, ClientHooks])[] = [
  [
    "onRequest",
    {
      onRequest({ headers }) {
        headers["traceparent"] = caller.getStore() ?? "";
      },
    },
  ],
  ["traceparent", { traceparent: () => caller.getStore() }],
];

it.each(hooksOfCallers)("with the hook %s each wait polls for its own caller", async (_, hooks) => {
  const polls = new Map<string, number>();
  const server = await startServer((request, response) => {
    const name = String(request.headers["traceparent"]);
    polls.set(name, (polls.get(name) ?? 0) + 1);
    const status = polls.get(name) === 3 ? "completed" : "ingesting";
    response.end(JSON.stringify(exampleSyncLog("ingesting", { status, errorMessage: name })));
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks });
  const names = ["1", "2"].map((digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`);
  const bounds = { minIntervalMs: 1, maxIntervalMs: 5 };
  const results = await Promise.all(
    names.map((name) => caller.run(name, () => client.waitForSyncLog(ids, bounds))),
  );
  expect(results.map(({ syncLog }) => syncLog.errorMessage)).toEqual(names);
  expect([...polls]).toEqual(names.map((name) => [name, 3]));
});

describe("two waits on one stream", () => {
  it("share no object of a result", async () => {
    const { client, clock } = createScriptedClient((n) => ({
      status: n < 3 ? "ingesting" : "completed",
      recordsIngested: n,
    }));
    const waits = [client.waitForSyncLog(ids), client.waitForSyncLog(ids)];
    const [first, second] = await clock.run(Promise.all(waits));
    if (first === undefined || second === undefined) throw new Error("no results");
    expect(first).toEqual(second);
    expect(sharedObjects(first, second)).toEqual([]);
  });

  it.each([
    ["403", () => new Response('{"a":{"b":1}}', { status: 403, headers: { "x-a": "1" } })],
    ["a body that is not JSON", () => new Response("<html>")],
    ["a lost connection", () => new TypeError("fetch failed")],
  ])("share no object of their errors after %s", async (_, answer) => {
    const { client, clock } = createScriptedClient((n) => (n < 3 ? {} : answer()));
    const options = { maxWaitMs: 60_000 };
    const waits = [client.waitForSyncLog(ids, options), client.waitForSyncLog(ids, options)];
    const [first, second] = await clock.run(Promise.all(waits.map(syncLogErrorOf)));
    if (first === undefined || second === undefined) throw new Error("no errors");
    expect(first).toMatchObject({ history: [{ status: "ingesting" }], attempts: [{}] });
    expect(second.lastSyncLog).toEqual(first.lastSyncLog);
    expect(sharedObjects(first, second).filter(isOurs)).toEqual([]);
  });

  it("take no refusal of a poll that began before them", async () => {
    for (const status of [401, 403, 404]) {
      const { client, clock, polledAtMs } = createScriptedClient(() => ({}), {
        fetch: async (_, init) => {
          polledAtMs.push(clock.nowMs());
          const poll = polledAtMs.length;
          await new Promise<void>((resolve) => void clock.setTimeout(resolve, 500));
          init.signal?.throwIfAborted();
          if (poll === 1) return new Response(null, { status });
          return Response.json(exampleSyncLog("completed"));
        },
      });
      const early = rejection(client.waitForSyncLog(ids));
      await clock.advanceBy(100);
      const late = client.waitForSyncLog(ids);
      expect(await clock.run(early)).toMatchObject({ status });
      expect(await clock.run(late)).toMatchObject({ status: "completed", polls: 1 });
      expect(polledAtMs).toEqual([0, 500]);
    }
  });
});

/** What others made stays what it is: a copy of an error would be of no class. */
const isOurs = (one: object): boolean => !(one instanceof Error) || isSyncLogError(one);

/** The objects that two values both lead to. */
function sharedObjects(one: object, other: object): readonly object[] {
  const known = reached(one);
  return [...reached(other)].filter((object) => known.has(object));
}

function reached(value: unknown, found: Set<object> = new Set()): Set<object> {
  if (typeof value !== "object" || value === null || found.has(value)) return found;
  found.add(value);
  for (const name of Reflect.ownKeys(value)) reached(Reflect.get(value, name), found);
  return found;
}
