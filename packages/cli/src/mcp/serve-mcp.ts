import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { connectForCalls } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { CommandIo, Output } from "../output.ts";
import { createMcpServer } from "./create-mcp-server.ts";

/** Serves the tools over standard input and output until the agent closes its end. */
export async function serveMcp(
  options: ConnectionOptions,
  output: Output,
  { env }: CommandIo,
): Promise<ExitCode> {
  const { note, redactor } = output;
  const client = await connectForCalls(options, env, output);
  const inputEnded = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
  });
  const handle = serveStdio(() => createMcpServer(client, redactor), {
    onerror: (error) => note([`sync-log mcp: ${error.message}`]),
  });
  await inputEnded;
  await handle.close();
  return exitCode.ok;
}
