import type { Scrub } from "./secrets/create-scrubber.ts";

/** Where the client tells what it does. `console` is one. */
export interface Logger {
  debug(message: string, fields: LogFields): void;
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** What a message is about. Never has a key, a header, or a body in it. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A logger's level. */
export type LogLevel = keyof Logger;

/** Writes to the logger, with the keys taken out; never throws. */
export type SafeLogger = (level: LogLevel, message: string, fields: LogFields) => void;

/** Takes keys out of what is logged, and keeps a logger that throws from failing a request. */
export function createSafeLogger(logger: Logger, scrub: Scrub): SafeLogger {
  return (level, message, fields) => {
    const cleanFields = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, scrubField(value, scrub)]),
    );
    try {
      const written: unknown = logger[level](scrub(message), cleanFields);
      if (written instanceof Promise) written.catch(() => undefined);
    } catch {
      // A failing logger is no reason to lose the response.
    }
  };
}

/** A server may send a value of any type; an object becomes text. */
function scrubField(value: unknown, scrub: Scrub): LogFields[string] {
  if (typeof value === "string") return scrub(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : scrub(JSON.stringify(value));
}
