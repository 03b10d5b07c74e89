import { type ServerType, serve } from "@hono/node-server";
import { once } from "node:events";

/** The ingestion endpoint of the team's pipeline, which starts these syncs, one after the other. */
export async function startIngestionServer(
  syncLogIds: readonly string[],
): Promise<{ url: string } & AsyncDisposable> {
  const ids = syncLogIds.values();
  const fetch = (): Response => Response.json({ syncLogId: ids.next().value });
  let server: ServerType | undefined;
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, (info) => resolve(info.port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      if (server === undefined) return;
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}
