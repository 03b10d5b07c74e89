import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { apiKeyOf, connect } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import type { CommandIo } from "../command-io.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { keyRedactor } from "../text/key-redactor.ts";
import { createMcpServer } from "./create-mcp-server.ts";

/** Serves the tools over standard input and output until the agent closes its end. */
export async function serveMcp(options: ConnectionOptions, io: CommandIo): Promise<ExitCode> {
  const client = await connect(options, io.env);
  const redactor = keyRedactor(apiKeyOf(options, io.env));
  const inputEnded = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
  });
  const handle = serveStdio(() => createMcpServer(client, redactor), {
    onerror: (error) => io.stderr.write(`sync-log mcp: ${redactor.text(error.message)}\n`),
  });
  await inputEnded;
  await handle.close();
  return exitCode.ok;
}
