import type { Fault, StatusFault } from "../faults/fault.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import type { Answer } from "./answer.ts";
import { corsHeaders } from "./cors.ts";
import { errorAnswer } from "./serve-resource.ts";

/** The answer that a fault sends instead of the service's. */
export function faultAnswer(
  errors: ErrorBodies | undefined,
  fault: Fault | undefined,
  { nowMs, isKeyGiven }: { readonly nowMs: number; readonly isKeyGiven: boolean },
): Answer {
  if (fault?.kind !== "status") {
    const status = fault?.kind === "redirect" ? (fault.status ?? 302) : 200;
    return { status, headers: { ...corsHeaders }, body: "" };
  }
  const { status, body } = fault;
  const headers = Object.fromEntries(
    Object.entries({ ...fault.headers, ...retryAfterHeaders(fault, nowMs) }).map(
      ([name, value]) => [name.toLowerCase(), value],
    ),
  );
  const own =
    errors !== undefined && status >= 400
      ? errorAnswer(errors, status, headers, status === 401 && isKeyGiven)
      : { status, headers: { ...corsHeaders, ...headers }, body: "" };
  if (body === undefined) return own;
  const typed = { "content-type": "application/json", ...own.headers };
  return { ...own, headers: typed, body: typeof body === "string" ? body : JSON.stringify(body) };
}

function retryAfterHeaders(
  { retryAfter, retryAfterMs }: StatusFault,
  nowMs: number,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers["retry-after"] = formatRetryAfter(retryAfter, nowMs);
  if (retryAfterMs !== undefined) headers["retry-after-ms"] = String(retryAfterMs);
  return headers;
}

function formatRetryAfter(value: NonNullable<StatusFault["retryAfter"]>, nowMs: number): string {
  if (typeof value !== "object") return String(value);
  return (value instanceof Date ? value : new Date(nowMs + value.dateInMs)).toUTCString();
}
