import type { CallToolResult } from "@modelcontextprotocol/server";
import { isJsonObject } from "../json.ts";
import { errorLine } from "../text/error-lines.ts";

/** Takes the key out of a text. */
type Scrub = (text: string) => string;

/** A value as a tool's result, as text and as structured content, with the key taken out of both. */
export function toolResult(value: unknown, scrub: Scrub): CallToolResult {
  const text = scrub(JSON.stringify(value, null, 2));
  const structured: unknown = JSON.parse(text);
  return {
    content: [{ type: "text", text }],
    ...(isJsonObject(structured) ? { structuredContent: { ...structured } } : {}),
  };
}

/** An error as a tool's result, so that the agent reads what to do. */
export function toolError(error: unknown, scrub: Scrub): CallToolResult {
  return { isError: true, content: [{ type: "text", text: scrub(errorLine(error)) }] };
}
