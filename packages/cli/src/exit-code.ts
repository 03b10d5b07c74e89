import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { LifecycleOutcome } from "@qontext/sync-log-schema";

/** The exit codes of the command. */
export const exitCode = {
  /** The log was read, or its sync ended well. */
  ok: 0,
  /** Any error without a code of its own. */
  other: 1,
  /** The command line, an option or an id is invalid. */
  usage: 2,
  /** The API key is missing or was not accepted. */
  authentication: 3,
  /** There is no such workspace, or no such sync log in it. */
  notFound: 4,
  /** The sync failed. */
  failed: 10,
  /** The sync was cancelled. */
  cancelled: 11,
  /** The sync was still running at the end of the maximum wait. */
  stillRunning: 12,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit code for a sync that has ended. */
export const exitCodeByOutcome: Readonly<Record<LifecycleOutcome, ExitCode>> = {
  success: exitCode.ok,
  "nothing-done": exitCode.ok,
  failure: exitCode.failed,
  cancelled: exitCode.cancelled,
};

const outcomeCodes: readonly string[] = [...new Set(Object.values(exitCodeByOutcome))].map(
  (code) => {
    const statuses = Object.entries(syncLogLifecycle.terminal)
      .filter(([, outcome]) => exitCodeByOutcome[outcome] === code)
      .map(([status]) => status);
    return `${code} ${statuses.join(" or ")}   `;
  },
);

/** The part of `--help` about exit codes. */
export const exitCodeHelp: string = `
Exit codes:
  ${outcomeCodes.join("")}${exitCode.stillRunning} still running at the maximum wait
  2 usage   3 authentication   4 not found   130 Ctrl-C   1 anything else`;

/** By error code; all others are `other`. */
const exitCodeByErrorCode: Readonly<Record<string, ExitCode>> = {
  usage: exitCode.usage,
  invalid_parameter: exitCode.usage,
  // The service calls the ids malformed.
  bad_request: exitCode.usage,
  authentication_failed: exitCode.authentication,
  permission_denied: exitCode.authentication,
  not_found: exitCode.notFound,
  wait_timeout: exitCode.stillRunning,
};

/** The exit code for an error of the client, or any other. */
export function exitCodeOfError(error: unknown): ExitCode {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (typeof code === "string" ? exitCodeByErrorCode[code] : undefined) ?? exitCode.other;
}

/** From what matters most to what matters least. */
const precedence: readonly ExitCode[] = [
  exitCode.usage,
  exitCode.authentication,
  exitCode.other,
  exitCode.notFound,
  exitCode.failed,
  exitCode.cancelled,
  exitCode.stillRunning,
  exitCode.ok,
];

/** The one code for several sync logs: the one that matters most. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return precedence.find((code) => codes.includes(code)) ?? exitCode.ok;
}
