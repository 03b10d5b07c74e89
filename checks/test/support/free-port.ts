import { once } from "node:events";
import { createServer, type Server } from "node:net";

/** The port that a server listens on. */
export function portOf(server: Pick<Server, "address">): number {
  const address = server.address();
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("The server does not listen on a port.");
}

/**
 * A port of the loopback interface that nobody listens on, for a server that cannot choose one by itself.
 *
 * It lies below the ports that systems give to those who ask for any (Linux from 32768, others from 49152), so that
 * nothing takes it between this call and the server's start, or while a test restarts its server.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return false;
  }
  probe.close();
  await once(probe, "close");
  return true;
}
