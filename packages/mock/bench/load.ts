import { createConnection } from "node:net";

/** What a load of requests came to. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly statuses: ReadonlySet<string>;
}

/** Sends the same GET over a number of connections, each waiting for its answer, for a time or a number of requests. */
export async function load(
  url: string,
  path: string,
  limit: { readonly durationMs?: number; readonly requests?: number },
): Promise<LoadResult> {
  const { hostname, port } = new URL(url);
  const { durationMs = Number.POSITIVE_INFINITY, requests: most = Number.POSITIVE_INFINITY } =
    limit;
  const text = `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nX-API-Key: q_sk_bench\r\n\r\n`;
  const statuses = new Set<string>();
  const start = performance.now();
  let sent = 0;
  let requests = 0;
  const connection = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let pending = "";
      const socket = createConnection(Number(port), hostname);
      const next = (): void => {
        if (sent >= most || performance.now() - start >= durationMs) {
          socket.end();
          resolve();
          return;
        }
        sent++;
        socket.write(text);
      };
      socket.on("connect", next).on("error", reject).setEncoding("latin1");
      socket.on("data", (chunk: string) => {
        pending += chunk;
        const end = pending.indexOf("\r\n\r\n");
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1]);
        if (end === -1 || pending.length < end + 4 + length) return;
        statuses.add(pending.slice(9, 12));
        pending = "";
        requests++;
        next();
      });
    });
  await Promise.all(Array.from({ length: 10 }, connection));
  return { requests, perSecond: requests / ((performance.now() - start) / 1000), statuses };
}
