import { once } from "node:events";
import { connect, createServer } from "node:net";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { expect, test } from "vitest";
import { startAddress } from "./start-address.ts";

test("what was sent while the way was slow arrives before what is sent once it is not", async () => {
  let received = "";
  const server = createServer((socket) =>
    socket.on("data", (chunk) => (received += String(chunk))),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  {
    await using address = await startAddress(portOf(server));
    const socket = connect(Number(new URL(address.url).port), "127.0.0.1");
    await once(socket, "connect");
    for (const [text, delayMs] of [
      ["slow ", 150],
      ["less ", 50],
      ["quick", 0],
    ] as const) {
      address.delayMs = delayMs;
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await expect.poll(() => received.length, { timeout: 2000 }).toBe("slow less quick".length);
    expect(received).toBe("slow less quick");
    socket.destroy();
  }
  server.close();
});
