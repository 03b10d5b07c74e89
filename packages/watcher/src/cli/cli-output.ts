import type { Writable } from "node:stream";
import type { Logger } from "@qontext/sync-log-client";
import { harmlessJson, harmlessText } from "@qontext/sync-log-command-line";
import { createRedactor } from "@qontext/sync-log-redact";

/** Writes results to stdout and the log to stderr, as lines of JSON, without the API key and what a terminal would act on. */
export interface CliOutput {
  /** Resolves once the line is written. */
  line(value: unknown): Promise<void>;
  readonly logger: Logger;
  /** Writes lines of text to stderr. */
  readonly complain: (text: string) => void;
}

/** Writes to the two streams of a process. */
export function createCliOutput(
  stdout: Writable,
  stderr: Writable,
  apiKey: string | undefined,
): CliOutput {
  // A reader that has left, such as `head`: each write tells whoever made it.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const redactor = createRedactor();
  if (apiKey !== undefined) redactor.add(apiKey);
  const toJson = (value: unknown): string => `${harmlessJson(redactor.value(value))}\n`;
  const log =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>>): void => {
      stderr.write(toJson({ level, message, ...fields }));
    };
  return {
    line: (value) =>
      new Promise((resolve, reject) => {
        stdout.write(toJson(value), (error) => {
          if (error === undefined || error === null) resolve();
          else reject(error);
        });
      }),
    complain: (text) =>
      void stderr.write(redactor.text(text).split("\n").map(harmlessText).join("\n")),
    logger: { debug: () => undefined, info: log("info"), warn: log("warn"), error: log("error") },
  };
}
