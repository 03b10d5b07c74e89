import type { Redactor } from "./secrets/redactor.ts";

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
export function createSafeLogger(logger: Logger, redactor: Redactor): SafeLogger {
  return (level, message, fields) => {
    try {
      const clean = Object.entries(redactor.value(fields)).map(([name, value]) => [
        name,
        toField(value),
      ]);
      const written: unknown = logger[level](redactor.text(message), Object.fromEntries(clean));
      if (written instanceof Promise) written.catch(() => undefined);
    } catch {
      // A failing logger is not a reason to lose the response.
    }
  };
}

/** A server may send a value of any type; an object becomes text. */
function toField(value: unknown): unknown {
  return typeof value === "object" ? value && JSON.stringify(value) : (value ?? null);
}
