import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

/** A proxy that can cut every connection that publishes once a number of packages went through. */
export interface CuttingProxy extends AsyncDisposable {
  readonly url: string;
  /** Lets this many packages be published, and cuts the next; `Infinity` cuts none. */
  allow(packages: number): void;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let allowed = Number.POSITIVE_INFINITY;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => {});
    }
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on("close", cut);
    upstream.on("close", cut);
    client.on("data", (chunk) => {
      // A publish is a PUT of the package's document.
      if (chunk.toString("latin1", 0, 6) === "PUT /@") {
        if (allowed <= 0) {
          cut();
          return;
        }
        allowed -= 1;
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => client.write(chunk));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The proxy has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    allow: (packages) => {
      allowed = packages;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
