import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { isWaitTimeoutError } from "@qontext/sync-log-client";
import type { SyncLogClient } from "@qontext/sync-log-client";
import { specVersion, syncLogLifecycle } from "@qontext/sync-log-schema";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import type { Json } from "../json.ts";
import { operationTools } from "./operation-tools.ts";
import type { OperationTool } from "./operation-tools.ts";
import { createProgressNotifier } from "./progress-notifier.ts";
import { toolError, toolResult } from "./tool-result.ts";
import { defaultMaxWaitSeconds, waitTool } from "./wait-tool.ts";
import type { WaitAnswer } from "./wait-tool.ts";

/** What a tool is called with; its input schema has been checked. */
type ToolInput = Readonly<Record<string, Json>>;

type ToolFunction = (input: ToolInput, context: ServerContext) => Promise<unknown>;

const instructions =
  "Reads what became of a Qontext sync. An ingestion answers with a sync log id; wait_for_sync_log follows it to its end, get_sync_log reads it once.";

function register(
  server: McpServer,
  tool: OperationTool,
  scrub: (text: string) => string,
  run: ToolFunction,
): void {
  const { name, title, description, inputSchema, outputSchema, isReadOnly } = tool;
  server.registerTool(
    name,
    {
      title,
      description,
      inputSchema: fromJsonSchema<ToolInput>({ ...inputSchema }),
      ...(outputSchema === undefined ? {} : { outputSchema: fromJsonSchema({ ...outputSchema }) }),
      annotations: { readOnlyHint: isReadOnly, openWorldHint: true },
    },
    async (input: ToolInput, context: ServerContext): Promise<CallToolResult> => {
      try {
        return toolResult(await run(input, context), scrub);
      } catch (error) {
        if (context.mcpReq.signal.aborted) throw error;
        return toolError(error, scrub);
      }
    },
  );
}

/** Calls the client's method of an operation; the client has one for each, by its operationId. */
function operationFunction(client: SyncLogClient, operationId: string): ToolFunction {
  const method: unknown = Reflect.get(client, operationId);
  if (typeof method !== "function") throw new TypeError(`The client has no method ${operationId}.`);
  return async (input, { mcpReq }) => {
    const answer: unknown = await Reflect.apply(method, client, [input, { signal: mcpReq.signal }]);
    return answer;
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function waitFunction(client: SyncLogClient, scrub: (text: string) => string): ToolFunction {
  return async (input, context): Promise<WaitAnswer> => {
    const target = { workspaceId: textOf(input["workspaceId"]), id: textOf(input["id"]) };
    const maxWaitSeconds = Number(input["maxWaitSeconds"] ?? defaultMaxWaitSeconds);
    const notify = createProgressNotifier(context, target.id, scrub);
    let notified = Promise.resolve();
    try {
      const { outcome, syncLog, elapsedMs } = await client.waitForSyncLog(target, {
        signal: context.mcpReq.signal,
        maxWaitMs: maxWaitSeconds * 1000,
        onProgress: (update) => (notified = notify(update)),
      });
      await notified;
      return { outcome, elapsedSeconds: elapsedMs / 1000, syncLog };
    } catch (error) {
      if (!isWaitTimeoutError(error)) throw error;
      // An agent may well go on with something else meanwhile: that time is over is an answer, not a failure.
      return {
        outcome: "still_running",
        elapsedSeconds: maxWaitSeconds,
        syncLog: error.lastSyncLog,
      };
    }
  };
}

/** A server with a tool for each operation, and one that waits; none of their results holds the key. */
export function createMcpServer(client: SyncLogClient, scrub: (text: string) => string): McpServer {
  const server = new McpServer(
    { name: "qontext-sync-log", title: "Qontext sync logs", version: specVersion },
    { instructions },
  );
  for (const tool of operationTools(openapiDocument)) {
    register(server, tool, scrub, operationFunction(client, tool.operationId));
    if (tool.operationId === "getSyncLog") {
      const outcomes = Object.keys(syncLogLifecycle.terminal);
      register(server, waitTool(tool, outcomes), scrub, waitFunction(client, scrub));
    }
  }
  return server;
}
