import type { Writable } from "node:stream";
import type { Logger } from "@qontext/sync-log-client";

/** Writes results to stdout and the log to stderr, as lines of JSON. */
export interface CliOutput {
  /** Resolves once the line is written. */
  line(value: unknown): Promise<void>;
  readonly logger: Logger;
}

/** Writes to the two streams of a process. */
export function createCliOutput(stdout: Writable, stderr: Writable): CliOutput {
  const log =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>>): void => {
      stderr.write(`${JSON.stringify({ level, message, ...fields })}\n`);
    };
  return {
    line: (value) =>
      new Promise((resolve, reject) => {
        stdout.write(`${JSON.stringify(value)}\n`, (error) => {
          if (error === undefined || error === null) resolve();
          else reject(error);
        });
      }),
    logger: { debug: () => undefined, info: log("info"), warn: log("warn"), error: log("error") },
  };
}
