import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { MockServer } from "@qontext/sync-log-mock";
import { afterAll } from "vitest";
import { mockOfFile } from "./mock-of-file.ts";
import { cliEnv, mainFile } from "./run-cli.ts";

/** A mock for all tests of a file, as new for each, and the SDK's own client, connected to `sync-log mcp`, which reads from it. */
export async function mcpOfFile(): Promise<{ readonly mock: MockServer; readonly client: Client }> {
  const mock = await mockOfFile();
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [mainFile, "mcp"],
      env: cliEnv(mock.url),
      stderr: "inherit",
    }),
  );
  afterAll(() => client.close());
  return { mock, client };
}

/** The first text of a result. */
export function textOf({ content }: Awaited<ReturnType<Client["callTool"]>>): string {
  const [first] = Array.isArray(content) ? content : [];
  return first?.type === "text" ? first.text : "";
}
