import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { syncLogTextFor } from "./sync-log-text.ts";

const server = createServer(({ url = "" }, response) => {
  const body = Buffer.from(syncLogTextFor(url));
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": body.byteLength,
  });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  // A server that listens on a port has an address with one.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  process.send?.((server.address() as AddressInfo).port);
});
