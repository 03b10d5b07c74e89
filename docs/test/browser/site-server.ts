import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

export const siteDir: string = join(import.meta.dirname, "../../dist/site");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** The built site on loopback; `replace` changes pages and scripts on their way, to name another mock than the one on port 4010. */
export async function serveSite(
  replace: (text: string) => string = (text) => text,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(siteDir, normalize(pathname));
    if (!file.startsWith(siteDir) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", contentTypes[extname(file)] ?? "application/octet-stream");
    const body = readFileSync(file);
    response.end([".html", ".js"].includes(extname(file)) ? replace(body.toString("utf8")) : body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // The address of a listening TCP server.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
