import type { CommandIo } from "./command-io.ts";
import type { Output } from "./output.ts";
import type { Invocation } from "./program.ts";

/** Runs a command and loads only its code; resolves to the exit code. */
export async function runInvocation(
  invocation: Invocation,
  output: Output,
  io: CommandIo,
): Promise<number> {
  if (invocation.command === "get") {
    const { getSyncLog } = await import("./commands/get-sync-log.ts");
    return getSyncLog(invocation.workspaceId, invocation.id, invocation.options, output, io);
  }
  if (invocation.command === "watch") {
    const { watchSyncLogs } = await import("./commands/watch-sync-logs.ts");
    return watchSyncLogs(invocation.workspaceId, invocation.ids, invocation.options, output, io);
  }
  if (invocation.command === "mcp") {
    const { serveMcp } = await import("./mcp/serve-mcp.ts");
    return serveMcp(invocation.options, io);
  }
  const { openReference } = await import("./commands/open-reference.ts");
  return openReference(invocation.options, output);
}
