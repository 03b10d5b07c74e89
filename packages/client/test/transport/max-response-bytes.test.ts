import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createSyncLogClient, isResponseFormatError } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const mebibyte = Buffer.alloc(1024 * 1024, 32);

describe("a body above maxResponseBytes", () => {
  it("is refused while it arrives, and never read to its end", async () => {
    let sentMebibytes = 0;
    const server = await startServer((_, response) => {
      const send = (): void => {
        sentMebibytes += 1;
        if (sentMebibytes < 500 && !response.destroyed) response.write(mebibyte, send);
      };
      send();
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await rejection(client.getSyncLog(ids));
    if (!isResponseFormatError(error)) throw new Error("not refused", { cause: error });
    expect(error.reason).toBe("too-large");
    expect(error.message).toContain("10485760 bytes");
    expect(sentMebibytes).toBeLessThan(100);
    expect(server.requests).toHaveLength(1);
  });

  it("is refused by what it is after decompression", async () => {
    const bomb = gzipSync(Buffer.concat(Array.from({ length: 50 }, () => mebibyte)));
    const server = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.byteLength });
      response.end(bomb);
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "response_format", reason: "too-large" });
  });

  it("is refused by the length it announces", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { "content-length": 1001 });
      response.end(" ".repeat(1001));
    });
    const options = { apiKey, baseUrl: server.url, maxResponseBytes: 1000 };
    const error = await rejection(createSyncLogClient(options).getSyncLog(ids));
    expect(error).toMatchObject({ reason: "too-large" });
  });

  it.each<[string, () => Promise<void>]>([
    ["never ends, as with a copy that nobody reads", () => new Promise(() => undefined)],
    ["fails", () => Promise.reject(new Error("not cancelled"))],
  ])("is refused at once where its cancelling %s", async (_, cancel) => {
    const body = (): ReadableStream =>
      new ReadableStream({ pull: (to) => to.enqueue(mebibyte), cancel });
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body()));
    const error = await rejection(createSyncLogClient({ apiKey, fetch }).getSyncLog(ids));
    expect(error).toMatchObject({ reason: "too-large", attempts: { length: 1 } });
  });

  it("does not hide the status of an error", async () => {
    const server = await startServer((_, response) => {
      response.statusCode = 404;
      response.end(mebibyte);
    });
    const options = { apiKey, baseUrl: server.url, maxResponseBytes: 1000 };
    const error = await rejection(createSyncLogClient(options).getSyncLog(ids));
    expect(error).toMatchObject({ code: "not_found", body: null });
  });
});

it("reads bodies up to the limit: compressed, in pieces, with characters cut in two", async () => {
  const syncLog = exampleSyncLog("failed", { errorMessage: "Zürich 🚀 ".repeat(100) });
  const text = Buffer.from(JSON.stringify(syncLog));
  const server = await startServer((request, response) => {
    if (request.url?.includes("zipped") === true) {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync(text));
      return;
    }
    for (let start = 0; start < text.length; start += 7) {
      response.write(text.subarray(start, start + 7));
    }
    response.end();
  });
  const options = { apiKey, baseUrl: server.url, maxResponseBytes: text.length };
  const client = createSyncLogClient(options);
  await expect(client.getSyncLog(ids)).resolves.toEqual(syncLog);
  await expect(client.getSyncLog({ ...ids, workspaceId: "zipped" })).resolves.toEqual(syncLog);
});
