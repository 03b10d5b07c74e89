// What a host does with the official client, none of whose defaults are changed: lists the tools, and calls some.
// The arguments are the command of the server, its arguments, `--`, and each call as JSON; prints a line of JSON for each.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const words = process.argv.slice(2);
const at = words.indexOf("--");
const [command = "", ...args] = words.slice(0, at);
const client = new Client({ name: "stock-client", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command, args, env: { ...process.env } }));
const { tools } = await client.listTools();
console.log(JSON.stringify(tools.map(({ name }) => name)));
for (const call of words.slice(at + 1)) {
  const startedAtMs = performance.now();
  const result = await client
    .callTool(JSON.parse(call))
    .catch((error) => ({ thrown: String(error) }));
  console.log(JSON.stringify({ ...result, tookMs: performance.now() - startedAtMs }));
}
await client.close();
