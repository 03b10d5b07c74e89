import type { ServerContext } from "@modelcontextprotocol/server";
import type { OperationTool } from "@qontext/sync-log-schema/tools";

/** A tool of the server, which need not be that of one operation. */
export type Tool = Omit<OperationTool, "operationId">;

/** What a tool does; the server has checked the input against the tool's schema. */
export type ToolFunction<Input> = (input: Input, context: ServerContext) => Promise<unknown>;
