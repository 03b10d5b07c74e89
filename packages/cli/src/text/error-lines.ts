import type { Attempt } from "@qontext/sync-log-client";
import { printable } from "./terminal-text.ts";

interface ErrorFields {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly attempts?: readonly Attempt[];
  readonly correlationId?: string | null;
}

/** The message of an error, in one line. */
export function errorLine(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}

function attemptLine(attempt: Attempt, index: number): string {
  const { status, code, delayMs, durationMs, requestId } = attempt;
  const parts = [
    `attempt ${index + 1}`,
    delayMs > 0 ? `after a wait of ${Math.round(delayMs)} ms` : "",
    status === null ? "no response" : `status ${status}`,
    code === null ? "" : printable(code),
    `${Math.round(durationMs)} ms`,
    requestId === null ? "" : `request ${printable(requestId)}`,
  ];
  return `  ${parts.filter((part) => part !== "").join(", ")}`;
}

function causeLines(cause: unknown, depth: number): readonly string[] {
  if (cause === undefined || cause === null || depth > 5) return [];
  const next = cause instanceof Error ? cause.cause : undefined;
  const name = cause instanceof Error && cause.name !== "Error" ? `${printable(cause.name)}: ` : "";
  return [`  caused by ${name}${errorLine(cause)}`, ...causeLines(next, depth + 1)];
}

/** What `--verbose` adds below the error: its code, the attempts and the causes. */
export function errorDetailLines(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  // Every field is checked before it is used: the error may come from anywhere.
  const { code, cause, attempts, correlationId } = error as ErrorFields;
  return [
    ...(typeof code === "string" ? [`  code ${printable(code)}`] : []),
    ...(typeof correlationId === "string" ? [`  correlation ${printable(correlationId)}`] : []),
    ...(Array.isArray(attempts) ? attempts.map(attemptLine) : []),
    ...causeLines(cause, 0),
  ];
}
