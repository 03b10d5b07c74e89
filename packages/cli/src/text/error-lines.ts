import type { Attempt } from "@qontext/sync-log-client";
import type { Line } from "./styled-line.ts";

interface ErrorFields {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly attempts?: readonly Attempt[];
  readonly correlationId?: string | null;
}

/** What the options of the client are called on the command line. */
const optionNames: Readonly<Record<string, string>> = {
  apiKey: "--api-key",
  baseUrl: "--base-url",
  timeoutMs: "--timeout",
  maxWaitMs: "--max-wait",
  maxFailingMs: "--max-failing",
  minIntervalMs: "--interval",
  maxIntervalMs: "--interval",
};
const clientNames = new RegExp(`\\b(${Object.keys(optionNames).join("|")})\\b`, "gu");

/** A message of the client in the words of the command line. */
export function inOptions(message: string): string {
  // Of `maxResponseBytes`, the command line has no option.
  return message
    .replace(/`dangerouslyAllowHttp: true` \((\w+=1)\)/u, "$1")
    .replace(" Raise `maxResponseBytes`.", "")
    .replaceAll("`", "")
    .replace(clientNames, (name) => optionNames[name] ?? name);
}

/** The message of an error, in the words of the command line. */
export function errorLine(error: unknown): string {
  return inOptions(error instanceof Error ? error.message : String(error));
}

function attemptLine(attempt: Attempt, index: number): string {
  const { status, code, delayMs, durationMs, requestId } = attempt;
  const parts = [
    `attempt ${index + 1}`,
    delayMs > 0 ? `after a wait of ${Math.round(delayMs)} ms` : "",
    status === null ? "no response" : `status ${status}`,
    code === null ? "" : code,
    `${Math.round(durationMs)} ms`,
    requestId === null ? "" : `request ${requestId}`,
  ];
  return `  ${parts.filter((part) => part !== "").join(", ")}`;
}

function causeLines(cause: unknown, depth: number): readonly string[] {
  if (cause === undefined || cause === null || depth > 5) return [];
  const next = cause instanceof Error ? cause.cause : undefined;
  const name = cause instanceof Error && cause.name !== "Error" ? `${cause.name}: ` : "";
  return [`  caused by ${name}${errorLine(cause)}`, ...causeLines(next, depth + 1)];
}

/** What `--verbose` adds below the error: its code, the attempts and the causes. */
export function errorDetailLines(error: unknown): readonly Line[] {
  if (!(error instanceof Error)) return [];
  // Every field is checked before it is used: the error may come from anywhere.
  const { code, cause, attempts, correlationId } = error as ErrorFields;
  const lines = [
    ...(typeof code === "string" ? [`  code ${code}`] : []),
    ...(typeof correlationId === "string" ? [`  correlation ${correlationId}`] : []),
    ...(Array.isArray(attempts) ? attempts.map(attemptLine) : []),
    ...causeLines(cause, 0),
  ];
  return lines.map((line) => [line]);
}
