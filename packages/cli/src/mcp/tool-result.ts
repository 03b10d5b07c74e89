import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Redactor } from "@qontext/sync-log-redact";
import { errorLine } from "../text/error-lines.ts";

/** A value as a tool's result, as text and as structured content, with the key taken out of both. */
export function toolResult(value: unknown, redactor: Redactor): CallToolResult {
  const clean = redactor.value(value);
  return {
    content: [{ type: "text", text: JSON.stringify(clean, null, 2) }],
    ...(isObject(clean) ? { structuredContent: { ...clean } } : {}),
  };
}

/** An error as a tool's result, so that the agent reads what to do. */
export function toolError(error: unknown, redactor: Redactor): CallToolResult {
  return { isError: true, content: [{ type: "text", text: redactor.text(errorLine(error)) }] };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
