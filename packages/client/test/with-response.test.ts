import { describe, expect, it } from "vitest";
import type { SyncLogClient } from "../src/index.ts";
import { createSyncLogClient, createSyncLogReader } from "../src/index.ts";
import { rejection, syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "./fixtures/sync-logs.ts";

async function readInTheShop(client: SyncLogClient): Promise<void> {
  await client.getSyncLog(ids).withResponse();
}

async function startClient(statuses: readonly number[] = [200]) {
  const server = await startServer((_, response) => {
    const status = statuses[server.requests.length - 1] ?? 200;
    response.writeHead(status, { "x-request-id": `req_${status}`, "x-echo": `the key ${apiKey}` });
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  const retry = { baseDelayMs: 1 };
  return { server, client: createSyncLogClient({ apiKey, baseUrl: server.url, retry }) };
}

describe("withResponse", () => {
  it("gives the body with the response that it came with, for one request", async () => {
    const { client, server } = await startClient();
    const promise = client.getSyncLog(ids);
    const { data, response } = await promise.withResponse();
    expect(data).toEqual(exampleSyncLog("completed"));
    expect(response).toMatchObject({ status: 200, requestId: "req_200" });
    expect(await promise).toBe(data);
    expect(server.requests).toHaveLength(1);
  });

  it("is of the last response where a request was sent again", async () => {
    const { client } = await startClient([503, 200]);
    const { response } = await client.getSyncLog(ids).withResponse();
    expect(response.requestId).toBe("req_200");
  });

  it("shows headers without the key, each time of their own", async () => {
    const { client } = await startClient();
    const promise = client.getSyncLog(ids);
    const { response } = await promise.withResponse();
    expect(response.headers.get("x-echo")).toBe("the key [redacted]");
    response.headers.delete("x-echo");
    const again = await promise.withResponse();
    expect(again.response.headers.get("x-echo")).toBe("the key [redacted]");
  });

  it("has no request id where the server gave none", async () => {
    const reader = createSyncLogReader({
      apiKey,
      fetch: () => Promise.resolve(Response.json(exampleSyncLog("completed"))),
    });
    const { response } = await reader.getSyncLog(ids).withResponse();
    expect(response.requestId).toBeNull();
  });

  it("rejects with the error of the call, which nobody else has to handle", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { client } = await startClient([404, 404]);
    expect(await rejection(client.getSyncLog(ids).withResponse())).toMatchObject({ status: 404 });
    const promise = client.getSyncLog(ids);
    expect(await rejection(promise.withResponse())).toBe(await rejection(promise));
    await new Promise(setImmediate);
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("rejects with an error whose stack leads to the caller", async () => {
    const { client } = await startClient([404]);
    const error = await syncLogErrorOf(readInTheShop(client));
    expect(error.stack).toContain("readInTheShop");
  });
});

it("a method returns a promise of the runtime's own, which rejects for wrong parameters, too", async () => {
  const { client } = await startClient();
  const promise = client.getSyncLog(ids);
  expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
  expect(Promise.resolve(promise)).toBe(promise);
  await promise;
  for (const params of [undefined, null, "sync_1", {}]) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
    const call = client.getSyncLog(params as never);
    expect(await rejection(call)).toMatchObject({ parameter: "workspaceId" });
  }
});
