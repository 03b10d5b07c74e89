import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import { afterAll, expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createNodeFetch, createUndiciFetch } from "../../src/node/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { startRawServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

const nodeFetch = createNodeFetch();
const agent = new Agent();
afterAll(async () => {
  nodeFetch.close();
  await agent.destroy();
});

const cut = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n";

it.each([
  ["fetch", undefined, ""],
  ["node:http", nodeFetch, ""],
  ["node:http, compressed", nodeFetch, "content-encoding: gzip\r\n"],
  ["undici", createUndiciFetch(agent), ""],
  ["undici, compressed", createUndiciFetch(agent), "content-encoding: gzip\r\n"],
])(
  "a connection that is cut while onResponse is awaited is lost at once: %s",
  async (_, fetch, header) => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown): void => void uncaught.push(error);
    process.on("uncaughtException", listener);
    const server = await startRawServer((socket) => {
      socket.write(`${cut}${header}\r\n{`, () => setTimeout(() => socket.resetAndDestroy(), 5));
    });
    const hooks = { onResponse: () => sleep(50) };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch, hooks, retry: false });
    expect(await syncLogErrorOf(client.getSyncLog(ids))).toHaveProperty(
      "code",
      "connection_failed",
    );
    process.off("uncaughtException", listener);
    expect(uncaught).toEqual([]);
  },
);
