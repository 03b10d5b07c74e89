import type { CallToolResult } from "@modelcontextprotocol/server";
import { errorLine } from "../text/error-lines.ts";

/** Takes the key out of a text. */
type Scrub = (text: string) => string;

/** A value as a tool's result, as text and as structured content, with the key taken out of both. */
export function toolResult(value: unknown, scrub: Scrub): CallToolResult {
  const text = scrub(JSON.stringify(value, null, 2));
  const structured: unknown = JSON.parse(text);
  return {
    content: [{ type: "text", text }],
    ...(isObject(structured) ? { structuredContent: { ...structured } } : {}),
  };
}

/** An error as a tool's result, so that the agent reads what to do. */
export function toolError(error: unknown, scrub: Scrub): CallToolResult {
  return { isError: true, content: [{ type: "text", text: scrub(errorLine(error)) }] };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
