// The cheapest API there can be: every sync is ingesting, for ever.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";

const file = new URL("../../../specs/examples/ingesting.json", import.meta.url);
const example: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));

const server = createServer((request, response) => {
  const [, , workspaceId, , id] = (request.url ?? "").split("/");
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ ...example, id, workspaceId }));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(`http://127.0.0.1:${address?.port}`);
});
process.on("disconnect", () => process.exit(0));
