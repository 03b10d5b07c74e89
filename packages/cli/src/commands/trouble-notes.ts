import { printable } from "../text/printable.ts";

/** The errors that a watch may get over; any other ends it, and is told then. */
const passingCodes: ReadonlySet<string> = new Set([
  "api_error",
  "connection_failed",
  "rate_limited",
  "request_timeout",
  "response_format",
  "server_error",
]);

/** Tells of trouble that passes: each message once, until an update shows that it has passed. */
export interface TroubleNotes {
  readonly onTrouble: (message: string, code: unknown) => void;
  readonly onUpdate: () => void;
}

export function createTroubleNotes(note: (line: string) => void): TroubleNotes {
  const told = new Set<string>();
  return {
    onTrouble(message, code) {
      if (typeof code === "string" && !passingCodes.has(code)) return;
      const line = printable(message);
      if (told.has(line)) return;
      told.add(line);
      note(`sync-log: ${line}`);
    },
    onUpdate: () => told.clear(),
  };
}
