import type { StatusFault } from "../faults/fault.ts";

/** The headers by which an answer says when to come back. */
export function retryAfterHeaders(
  { retryAfter, retryAfterMs }: StatusFault,
  nowMs: number,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers["retry-after"] = format(retryAfter, nowMs);
  if (retryAfterMs !== undefined) headers["retry-after-ms"] = String(retryAfterMs);
  return headers;
}

function format(value: NonNullable<StatusFault["retryAfter"]>, nowMs: number): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof Date) return value.toUTCString();
  return new Date(nowMs + value.dateInMs).toUTCString();
}
