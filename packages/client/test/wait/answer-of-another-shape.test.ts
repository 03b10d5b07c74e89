import { describe, expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const wrongBodies: readonly (readonly [string, unknown])[] = [
  ["has no `id`", { error: "maintenance" }],
  ["has no `id`", []],
  ["has no `id`", [exampleSyncLog("completed")]],
  ["has another `id`", { ...exampleSyncLog("completed"), id: 7 }],
  ["has no `id`", { data: exampleSyncLog("completed") }],
  ["has another `id`", exampleSyncLog("completed", { id: "sync_2" })],
  ["has another `id`", exampleSyncLog("completed", { id: "" })],
  ["is not a JSON object", "completed"],
  ["is not a JSON object", null],
];

describe.each(wrongBodies)("a 200 whose body %s: %j", (why, body) => {
  it("is a malformed answer to a read, which is sent again", async () => {
    const server = await startServer((_, response) => {
      const isFirst = server.requests.length === 1;
      response.end(JSON.stringify(isFirst ? body : exampleSyncLog("completed")));
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry: { baseDelayMs: 1 } });
    const error = await syncLogErrorOf(client.getSyncLog(ids, { retry: false }));
    expect(error).toMatchObject({ code: "response_format", reason: "malformed", status: 200 });
    expect(error.message).toContain(`answered 200, but the body ${why}`);
    server.requests.length = 0;
    expect(await client.getSyncLog(ids)).toMatchObject({ status: "completed" });
    expect(server.requests).toHaveLength(2);
  });

  it("is a transient failure to a wait, and never told as progress", async () => {
    const once = createScriptedClient((n) =>
      n === 1 ? Response.json(body) : { status: "completed" },
    );
    const seen: string[] = [];
    const onProgress = ({ syncLog }: { syncLog: { status: string } }): void =>
      void seen.push(syncLog.status);
    const result = await once.clock.run(once.client.waitForSyncLog(ids, { onProgress }));
    expect([result.polls, seen]).toEqual([2, ["completed"]]);

    const always = createScriptedClient(() => Response.json(body));
    const wait = syncLogErrorOf(always.client.waitForSyncLog(ids, { maxFailingMs: 60_000 }));
    const error = await always.clock.run(wait);
    expect(error).toMatchObject({ code: "response_format", lastSyncLog: null, history: [] });
    expect(error.message).toContain(why);
  });
});
