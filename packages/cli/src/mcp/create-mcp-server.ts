import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { harmlessJson, harmlessText } from "@qontext/sync-log-command-line";
import type { RequestOptions, SyncLogClient, SyncLogMethods } from "@qontext/sync-log-client";
import type { Redactor } from "@qontext/sync-log-redact";
import { specVersion } from "@qontext/sync-log-schema";
import type { OperationId } from "@qontext/sync-log-schema";
import { operationTools } from "@qontext/sync-log-schema/tools";
import { errorLine } from "../text/error-lines.ts";
import { waitFunction, waitTool } from "./wait-tool.ts";
import type { Tool, ToolFunction } from "./wait-tool.ts";

type OperationInputs = { readonly [Id in OperationId]: Parameters<SyncLogMethods[Id]>[0] };

type Operations = {
  readonly [Id in OperationId]: (
    params: OperationInputs[Id],
    options: RequestOptions,
  ) => Promise<unknown>;
};

const instructions =
  "Reads the outcome of a Qontext sync. An ingestion returns a sync log id; wait_for_sync_log follows it to its end, get_sync_log reads it once.";

/** A value as text and as structured content, without the key, and without what a host would show as something else. */
function toolResult(value: unknown, { outputSchema }: Tool, redactor: Redactor): CallToolResult {
  const clean = redactor.value(value);
  const isObject = typeof clean === "object" && clean !== null && !Array.isArray(clean);
  // With a schema, the protocol wants an object, whatever the service has answered.
  const structured = isObject ? { ...clean } : outputSchema && { answer: clean };
  return {
    content: [{ type: "text", text: harmlessJson(clean, 2) }],
    ...(structured === undefined ? {} : { structuredContent: structured }),
  };
}

/** Within the minute that hosts give a call. */
const callDeadlineMs = 50_000;

function register<Input>(
  server: McpServer,
  tool: Tool,
  redactor: Redactor,
  run: ToolFunction<Input>,
): void {
  const { name, title, description, inputSchema, outputSchema, isReadOnly } = tool;
  server.registerTool(
    name,
    {
      title,
      description,
      inputSchema: fromJsonSchema<Input>({ ...inputSchema }),
      ...(outputSchema === undefined ? {} : { outputSchema: fromJsonSchema({ ...outputSchema }) }),
      annotations: { readOnlyHint: isReadOnly, openWorldHint: true },
    },
    async (input: Input, context: ServerContext): Promise<CallToolResult> => {
      try {
        return toolResult(await run(input, context), tool, redactor);
      } catch (error) {
        if (context.mcpReq.signal.aborted) throw error;
        const text = redactor.text(harmlessText(errorLine(error)));
        return { isError: true, content: [{ type: "text", text }] };
      }
    },
  );
}

function operationFunction<Id extends OperationId>(
  operations: Operations,
  operationId: Id,
): ToolFunction<OperationInputs[Id]> {
  return (input, { mcpReq }) =>
    operations[operationId](input, { signal: mcpReq.signal, deadlineMs: callDeadlineMs });
}

/** A server with a tool for each operation, and one that waits; none of their results holds the key. */
export function createMcpServer(client: SyncLogClient, redactor: Redactor): McpServer {
  const server = new McpServer(
    { name: "qontext-sync-log", title: "Qontext sync logs", version: specVersion },
    { instructions },
  );
  for (const tool of operationTools) {
    register(server, tool, redactor, operationFunction(client, tool.operationId));
    if (tool.operationId === "getSyncLog") {
      register(server, waitTool(tool), redactor, waitFunction(client, redactor));
    }
  }
  return server;
}
