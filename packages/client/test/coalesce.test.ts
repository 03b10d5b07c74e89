import { describe, expect, it, vi } from "vitest";
import { createSyncLogClient } from "../src/index.ts";
import { rejection } from "./fixtures/rejection.ts";
import { startServer, type TestServer } from "./fixtures/start-server.ts";
import { apiKey, exampleSyncLog, ids } from "./fixtures/sync-logs.ts";

const completed = exampleSyncLog("completed");

/** A server whose answers the test lets go. */
async function startHeldServer(): Promise<
  TestServer & { release: () => void; closed: () => number }
> {
  const gate = Promise.withResolvers<undefined>();
  let closed = 0;
  const server = await startServer((_, response) => {
    response.on("close", () => {
      if (!response.writableEnded) closed += 1;
    });
    void gate.promise.then(() => response.end(JSON.stringify(completed)));
  });
  return { ...server, release: () => gate.resolve(undefined), closed: () => closed };
}

const untilReached = (server: TestServer, requests: number): Promise<void> =>
  vi.waitFor(() => expect(server.requests).toHaveLength(requests), { timeout: 20_000 });

describe("reads of one sync log at the same time", () => {
  it("are one request, and each caller has its own answer", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const calls = Array.from({ length: 5 }, () => client.getSyncLog(ids));
    await untilReached(server, 1);
    server.release();
    const [first, second] = await Promise.all(calls);
    expect(server.requests).toHaveLength(1);
    expect(first).toEqual(completed);
    expect(second).toEqual(completed);
    expect(second).not.toBe(first);
  });

  it("leave one by one: an abort of one does not touch the others", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const controller = new AbortController();
    const leaving = rejection(client.getSyncLog(ids, { signal: controller.signal }));
    const staying = client.getSyncLog(ids, { signal: new AbortController().signal });
    await untilReached(server, 1);
    controller.abort("left");
    expect(await leaving).toBe("left");
    server.release();
    await expect(staying).resolves.toEqual(completed);
    expect(server.requests).toHaveLength(1);
  });

  it("stop the request when the last one has left", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => rejection(client.getSyncLog(ids, { signal })));
    await untilReached(server, 1);
    for (const controller of controllers) controller.abort("left");
    await Promise.all(calls);
    await vi.waitFor(() => expect(server.closed()).toBe(1), { timeout: 20_000 });
  });

  it("begin anew after all have left", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const controller = new AbortController();
    const leaving = rejection(client.getSyncLog(ids, { signal: controller.signal }));
    controller.abort("left");
    await leaving;
    server.release();
    await expect(client.getSyncLog(ids)).resolves.toEqual(completed);
  });

  it("are apart where their options or ids are", async () => {
    const server = await startHeldServer();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const calls = [
      client.getSyncLog(ids),
      client.getSyncLog({ ...ids, id: "sync_other" }),
      client.getSyncLog(ids, { timeoutMs: 60_000 }),
      client.getSyncLog(ids, { headers: { "x-a": "1" } }),
      client.getSyncLog(ids, { headers: { "x-a": "2" } }),
      client.getSyncLog(ids, { headers: { "x-a": "2" } }),
    ];
    await untilReached(server, 5);
    server.release();
    await Promise.all(calls);
    expect(server.requests).toHaveLength(5);
  });

  it("are apart when one comes after the other", async () => {
    const server = await startServer((_, response) => response.end("{}"));
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    await client.getSyncLog(ids);
    await client.getSyncLog(ids);
    expect(server.requests).toHaveLength(2);
  });
});
