import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { harmlessJson, harmlessText } from "@qontext/sync-log-command-line";
import type { RequestOptions, SyncLogClient, SyncLogMethods } from "@qontext/sync-log-client";
import type { Redactor } from "@qontext/sync-log-redact";
import { specVersion } from "@qontext/sync-log-schema";
import type { OperationId } from "@qontext/sync-log-schema";
import { operationTools } from "@qontext/sync-log-schema/tools";
import { errorLine } from "../text/error-lines.ts";
import { fitStart } from "../text/terminal-text.ts";
import { boundValue } from "./bound-value.ts";
import { listFunction, listsSyncLogs, listTool } from "./list-tool.ts";
import type { Tool, ToolFunction } from "./tool.ts";
import { waitedOperation, waitFunction, waitTool } from "./wait-tool.ts";

type OperationInputs = { readonly [Id in OperationId]: Parameters<SyncLogMethods[Id]>[0] };

type Operations = {
  readonly [Id in OperationId]: (
    params: OperationInputs[Id],
    options: RequestOptions,
  ) => Promise<unknown>;
};

/** Of a result as JSON, in characters: hosts refuse more than some ten thousand tokens, or cut it anywhere. */
const maxResultLength = 40_000;
const cutNote =
  "Long texts and lists end early, as the answer is too long for an agent. `sync-log get --json` prints all of it.";
const maxErrorWidth = 2000;

/** A value as text and as structured content, without the key, and without what a host would show as something else. */
function toolResult(value: unknown, { outputSchema }: Tool, redactor: Redactor): CallToolResult {
  const clean = redactor.value(value);
  const bound = boundValue(clean, maxResultLength);
  const isObject = typeof bound === "object" && bound !== null && !Array.isArray(bound);
  // With a schema, the protocol wants an object, whatever the service has answered.
  const wrapped = Array.isArray(bound) ? { items: bound } : { answer: bound };
  const structured = isObject ? { ...bound } : outputSchema && wrapped;
  const cut = bound === clean ? [] : [{ type: "text" as const, text: cutNote }];
  return {
    content: [{ type: "text", text: harmlessJson(structured ?? bound, 2) }, ...cut],
    ...(structured === undefined ? {} : { structuredContent: structured }),
  };
}

/** Within the minute that hosts give a call. */
const callDeadlineMs = 50_000;

/** A tool, and how it is given to a server. */
interface ServedTool {
  readonly tool: Tool;
  readonly register: (server: McpServer) => void;
}

function served<Input>(tool: Tool, redactor: Redactor, run: ToolFunction<Input>): ServedTool {
  const { name, title, description, inputSchema, outputSchema, isReadOnly } = tool;
  const config = {
    title,
    description,
    inputSchema: fromJsonSchema<Input>({ ...inputSchema }),
    ...(outputSchema === undefined ? {} : { outputSchema: fromJsonSchema({ ...outputSchema }) }),
    annotations: { readOnlyHint: isReadOnly, openWorldHint: true },
  };
  const call = async (input: Input, context: ServerContext): Promise<CallToolResult> => {
    try {
      return toolResult(await run(input, context), tool, redactor);
    } catch (error) {
      if (context.mcpReq.signal.aborted) throw error;
      const text = fitStart(redactor.text(harmlessText(errorLine(error))), maxErrorWidth);
      return { isError: true, content: [{ type: "text", text }] };
    }
  };
  return { tool, register: (server) => void server.registerTool(name, config, call) };
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
  const tools = operationTools.flatMap((tool): readonly ServedTool[] => {
    const run = operationFunction(client, tool.operationId);
    return [
      listsSyncLogs(tool)
        ? served(listTool(tool), redactor, listFunction(run, redactor))
        : served(tool, redactor, run),
      ...(tool.operationId === waitedOperation
        ? [served(waitTool(tool), redactor, waitFunction(client, redactor))]
        : []),
    ];
  });
  const purposes = tools.map(({ tool: { name, title } }) => `${name}: ${title}.`).join(" ");
  const server = new McpServer(
    { name: "qontext-sync-log", title: "Qontext sync logs", version: specVersion },
    {
      instructions: `Reads the outcome of Qontext syncs. An ingestion returns a sync log id. ${purposes}`,
    },
  );
  for (const { register } of tools) register(server);
  return server;
}
