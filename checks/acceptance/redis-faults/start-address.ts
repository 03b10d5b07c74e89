import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { portOf } from "@qontext/sync-log-test-support/free-port";

/** The one address under which workers know Redis: what is behind it, and how the way there is, may change. */
export interface Address extends AsyncDisposable {
  readonly url: string;
  /** New connections go to this port; those that are open stay where they are. */
  leadTo(port: number): void;
  /** Nothing arrives any more, and nobody is told: connections of that time stay dead for ever. */
  silent: boolean;
  /** How long each chunk takes in each direction, in milliseconds. */
  delayMs: number;
  /** Closes all connections. */
  cut(): void;
}

const sleep = async (delayMs: number): Promise<void> => {
  if (delayMs > 0) await wait(delayMs);
};

export async function startAddress(port: number): Promise<Address> {
  let target = port;
  const sockets = new Set<Socket>();
  const dead = new WeakSet<Socket>();

  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    const close = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => undefined);
    }
    const pass = (from: Socket, to: Socket): void => {
      let passed = Promise.resolve();
      from.on("data", (chunk) => {
        if (address.silent) dead.add(client);
        if (dead.has(client)) return;
        // In order, also where the way becomes quicker meanwhile.
        passed = Promise.all([passed, sleep(address.delayMs)]).then(() => void to.write(chunk));
      });
      from.on("close", () => {
        // A route that is gone tells nobody either.
        if (!dead.has(client)) close();
      });
    };
    pass(client, upstream);
    pass(upstream, client);
    client.on("close", close);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const address: Address = {
    url: `redis://127.0.0.1:${portOf(server)}`,
    leadTo: (next) => (target = next),
    silent: false,
    delayMs: 0,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    [Symbol.asyncDispose]: async () => {
      address.cut();
      server.close();
      await once(server, "close");
    },
  };
  return address;
}
