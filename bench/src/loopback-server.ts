import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { syncLogText } from "./sync-log-text.ts";

const body = Buffer.from(syncLogText);
const server = createServer((_, response) => {
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
