import http, { type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { closeAfterTest } from "@qontext/sync-log-test-support/start-server";

/** An HTTP proxy of one test. */
export interface Proxy {
  readonly url: string;
  /** What it was asked for, in order: `CONNECT host:port`, or `GET http://…`. */
  readonly asked: string[];
}

/** Starts a proxy that wants `user:password`, or that answers all with `refusal`, a status. */
export async function startProxy(password?: string, refusal?: number): Promise<Proxy> {
  const asked: string[] = [];
  const refusalOf = ({ method, url, headers }: IncomingMessage): number | undefined => {
    asked.push(`${method} ${url}`);
    if (password === undefined) return refusal;
    const expected = `Basic ${Buffer.from(`user:${password}`).toString("base64")}`;
    return headers["proxy-authorization"] === expected ? refusal : 407;
  };
  const server = http.createServer((request, response) => {
    const status = refusalOf(request);
    if (status !== undefined) return response.writeHead(status).end();
    const { method, headers } = request;
    const forwarded = http.request(
      request.url ?? "",
      { method, headers, agent: false },
      (answer) => {
        answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
      },
    );
    return request.pipe(forwarded);
  });
  const sockets = new Set<{ destroy(): unknown }>();
  server.on("connect", (request, socket) => {
    sockets.add(socket.on("error", () => socket.destroy()));
    const status = refusalOf(request);
    if (status !== undefined) return socket.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    return target.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, asked };
}
