import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { cliEnv, mainFile } from "./run-cli.ts";

/** The SDK's own client, connected to `sync-log mcp`. */
export async function connectMcpClient(
  baseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [mainFile, "mcp"],
      env: cliEnv(baseUrl, env),
      stderr: "inherit",
    }),
  );
  return client;
}

/** The first text of a result. */
export function textOf({ content }: Awaited<ReturnType<Client["callTool"]>>): string {
  const [first] = Array.isArray(content) ? content : [];
  return first?.type === "text" ? first.text : "";
}
