/** What the command's exit code says. */
export const exitCode = {
  /** Read, or ended as completed or skipped. */
  ok: 0,
  /** Anything that has no code of its own. */
  other: 1,
  /** The command line, an option or an id is not usable. */
  usage: 2,
  /** There is no API key, or the service does not accept it. */
  authentication: 3,
  /** There is no such sync log in this workspace. */
  notFound: 4,
  /** The sync failed. */
  failed: 10,
  /** The sync was stopped. */
  stopped: 11,
  /** The sync was still running when the maximum wait was over. */
  stillRunning: 12,
  /** Ended by Ctrl-C, as shells count it: 128 and the number of SIGINT. */
  interrupted: 130,
  /** Ended by SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit code for a sync that has ended; a terminal status that is not known here is no failure that we know of. */
export function exitCodeOfOutcome(outcome: string): ExitCode {
  if (outcome === "failed") return exitCode.failed;
  return outcome === "stopped" ? exitCode.stopped : exitCode.ok;
}

/** By the client's error codes; the others are `other`. */
const exitCodeByErrorCode: Readonly<Record<string, ExitCode>> = {
  invalid_parameter: exitCode.usage,
  // The service finds the ids malformed.
  bad_request: exitCode.usage,
  authentication_failed: exitCode.authentication,
  permission_denied: exitCode.authentication,
  not_found: exitCode.notFound,
  wait_timeout: exitCode.stillRunning,
};

/** The exit code for an error of the client, or of anything else. */
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
  exitCode.stopped,
  exitCode.stillRunning,
  exitCode.ok,
];

/** The one code for several sync logs: the one that matters most. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return precedence.find((code) => codes.includes(code)) ?? exitCode.ok;
}
