import { once } from "node:events";
import net from "node:net";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../src/wire/exchange.ts";
import { sendRequest } from "../src/wire/send-request.ts";

/** Sends a request to a server that answers with these pieces, and then keeps the connection open or closes it. */
async function answeredWith(
  pieces: Iterable<string>,
  then: "open" | "close",
  timeoutMs = 8000,
): Promise<Exchange> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    for (const piece of pieces) socket.write(piece);
    if (then === "close") socket.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    const request = { method: "GET", target: "/", headers: [] };
    const options = { timeoutMs, maxResponseBytes: 64 * 1024 * 1024 };
    return await sendRequest(new URL(`http://127.0.0.1:${port}`), request, options);
  } finally {
    server.close();
  }
}

function* manyChunks(): Generator<string> {
  yield "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (let count = 0; count < 2048; count += 1) yield `4000\r\n${"x".repeat(0x4000)}\r\n`;
  yield "0\r\n\r\n";
}

describe.each(["open", "close"] as const)("a connection that the server leaves %s", (then) => {
  test("32 MB in 2048 chunks are read in time", async () => {
    const { response, failure } = await answeredWith(manyChunks(), then);
    expect(failure).toBeUndefined();
    expect(response).toMatchObject({ status: 200, framing: "chunked", faults: [] });
    expect(response?.body.length).toBe(2048 * 0x4000);
  });

  test("what follows the end of the body is a fault", async () => {
    const { response } = await answeredWith(
      ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "more"],
      then,
    );
    expect(response?.faults.map(({ code }) => code)).toEqual(["wire/bytes-after-body"]);
  });
});

test("a response that never ends is a timeout, with what has come of it", async () => {
  const { response, failure } = await answeredWith(
    ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"],
    "open",
    2000,
  );
  expect(failure?.kind).toBe("timeout");
  expect(response?.body.length).toBe(4);
});
