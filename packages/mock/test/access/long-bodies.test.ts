import { connect } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";

const resource = "/workspaces/ws_1/sync-logs/sync_1";

/** Sends the head of a request and a part of its body, and waits for the first line of the answer. */
async function firstLine(url: string, head: string, part: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    socket.write(`POST ${resource} HTTP/1.1\r\nHost: ${hostname}\r\n${head}\r\n\r\n`);
    socket.write(part);
    const [data]: unknown[] = await once(socket, "data");
    return String(data).split("\r\n")[0] ?? "";
  } finally {
    socket.destroy();
  }
}

test("answers 413 where the limit is, not at the end of the body", async () => {
  await using mock = await startMockServer();
  const declared = `Content-Length: ${100 * 1024 * 1024}`;
  expect(await firstLine(mock.url, declared, Buffer.from("{"))).toContain(" 413 ");
  const chunk = Buffer.concat([
    Buffer.from("b00000\r\n"),
    Buffer.alloc(11 * 1024 * 1024, 32),
    Buffer.from("\r\n"),
  ]);
  expect(await firstLine(mock.url, "Transfer-Encoding: chunked", chunk)).toContain(" 413 ");
  expect(mock.requests.map(({ status }) => status)).toEqual([413, 413]);
});

test("lets a client that sends all the same read its answer", async () => {
  await using mock = await startMockServer();
  const body = Buffer.alloc(20 * 1024 * 1024, 32);
  const response = await fetch(mock.url + resource, { method: "POST", body });
  expect([response.status, await response.json()]).toMatchObject([413, { statusCode: 413 }]);
  expect((await mock.fetch(resource, { method: "POST", body })).status).toBe(413);
  expect((await fetch(mock.url + resource, { method: "POST", body: "{}" })).status).toBe(405);
});
