import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it, vi } from "vitest";
import { createSyncLogClient } from "../src/index.ts";
import { rejection, syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer, type TestServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "./fixtures/sync-logs.ts";

const completed = exampleSyncLog("completed");

/** A server that answers when the test releases it. */
async function startHeldServer(): Promise<
  TestServer & { release: () => void; closed: () => number; callers: unknown[] }
> {
  const gate = Promise.withResolvers<undefined>();
  const callers: unknown[] = [];
  let closed = 0;
  const server = await startServer((request, response) => {
    callers.push(request.headers["x-on-behalf-of"]);
    response.on("close", () => {
      if (!response.writableEnded) closed += 1;
    });
    void gate.promise.then(() => response.end(JSON.stringify(completed)));
  });
  return { ...server, callers, release: () => gate.resolve(undefined), closed: () => closed };
}

const untilReached = (server: TestServer, requests: number): Promise<void> =>
  vi.waitFor(() => expect(server.requests).toHaveLength(requests), { timeout: 60_000 });

describe("concurrent reads of one sync log", () => {
  it("are one request each, and each caller has its own answer", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const calls = Array.from({ length: 5 }, () => client.getSyncLog(ids));
    await untilReached(server, 5);
    server.release();
    const [first, second] = await Promise.all(calls);
    expect(server.requests).toHaveLength(5);
    expect(first).toEqual(completed);
    expect(second).toEqual(completed);
    expect(second).not.toBe(first);
  });

  it("carry the headers that `onRequest` has for each caller", async () => {
    const server = await startHeldServer();
    const caller = new AsyncLocalStorage<string>();
    const client = createSyncLogClient({
      apiKey,
      baseUrl: server.url,
      hooks: {
        onRequest({ headers }) {
          headers["x-on-behalf-of"] = caller.getStore() ?? "nobody";
        },
      },
    });
    const calls = ["ada", "grace"].map((name) => caller.run(name, () => client.getSyncLog(ids)));
    await untilReached(server, 2);
    server.release();
    await Promise.all(calls);
    expect(new Set(server.callers)).toEqual(new Set(["ada", "grace"]));
  });

  it("see the state at the time of each: a later read does not get an earlier answer", async () => {
    const first = Promise.withResolvers<undefined>();
    const server = await startServer((_, response) => {
      const log = exampleSyncLog(server.requests.length === 1 ? "ingesting" : "completed");
      const send = (): void => void response.end(JSON.stringify(log));
      if (server.requests.length === 1) void first.promise.then(send);
      else send();
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const earlier = client.getSyncLog(ids);
    await untilReached(server, 1);
    expect(await client.getSyncLog(ids)).toMatchObject({ status: "completed" });
    first.resolve(undefined);
    expect(await earlier).toMatchObject({ status: "ingesting" });
  });

  it("have their own deadlines, attempts and errors", async () => {
    const server = await startServer((_, response) => response.writeHead(503).end());
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const [once, twice] = await Promise.all([
      syncLogErrorOf(client.getSyncLog(ids, { retry: false })),
      syncLogErrorOf(client.getSyncLog(ids, { retry: { maxRetries: 1, baseDelayMs: 1 } })),
    ]);
    expect(once).not.toBe(twice);
    expect([once.attempts.length, twice.attempts.length]).toEqual([1, 2]);
    expect(server.requests).toHaveLength(3);

    const held = await startHeldServer();
    const patient = createSyncLogClient({ apiKey, baseUrl: held.url });
    const hasty = syncLogErrorOf(patient.getSyncLog(ids, { deadlineMs: 100 }));
    const calm = patient.getSyncLog(ids);
    expect(await hasty).toMatchObject({ code: "deadline_exceeded" });
    held.release();
    await expect(calm).resolves.toEqual(completed);
  });

  it("have errors of their own where their options are the same", async () => {
    const server = await startServer((_, response) => response.writeHead(404).end());
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const [first, second] = await Promise.all([
      syncLogErrorOf(client.getSyncLog(ids)),
      syncLogErrorOf(client.getSyncLog(ids)),
    ]);
    expect(first).not.toBe(second);
  });

  it("are aborted one by one: each stops its own request at once, and no other", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const controllers = [new AbortController(), new AbortController()];
    const [leaving, staying] = controllers.map(({ signal }) => client.getSyncLog(ids, { signal }));
    const left = rejection(leaving ?? Promise.resolve());
    await untilReached(server, 2);
    controllers[0]?.abort("left");
    expect(await left).toBe("left");
    await vi.waitFor(() => expect(server.closed()).toBe(1), { timeout: 60_000 });
    server.release();
    await expect(staying).resolves.toEqual(completed);
    expect(server.closed()).toBe(1);
  });

  it("leave nothing behind when they are aborted", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const controller = new AbortController();
    const leaving = rejection(client.getSyncLog(ids, { signal: controller.signal }));
    controller.abort("left");
    await leaving;
    server.release();
    await expect(client.getSyncLog(ids)).resolves.toEqual(completed);
  });
});
