import { createRedactor } from "@qontext/sync-log-redact";
import type { Redactor } from "@qontext/sync-log-redact";
import { createColors } from "./text/colors.ts";
import type { Colors } from "./text/colors.ts";

/** The parts of the process that a command uses. */
export type CommandIo = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env">;

/** Where a command prints. Everything that passes through it is printed without the key. */
export interface Output {
  /** A line of data, on standard output. */
  readonly data: (line: string) => void;
  /** A value as JSON, on standard output; in one line without `indent`. */
  readonly json: (value: object, indent?: number) => void;
  /** A line for people, on standard error. */
  readonly note: (line: string) => void;
  readonly redactor: Redactor;
  /** Standard output, if it is a terminal that can be redrawn; null for a pipe, a file, CI or a dumb terminal. */
  readonly liveTerminal: NodeJS.WriteStream | null;
  readonly dataColors: Colors;
  readonly noteColors: Colors;
}

/** Removes the key from text and values; without a key it changes nothing. */
function keyRedactor(apiKey: string | undefined): Redactor {
  const redactor = createRedactor();
  if (apiKey !== undefined) redactor.add(apiKey);
  return redactor;
}

/** The options about printing. */
export interface PrintOptions {
  readonly color: boolean;
  readonly quiet?: boolean | undefined;
  /** Never printed. */
  readonly apiKey: string | undefined;
}

/** Whether a stream is a terminal with colors and a cursor. */
function isTerminal(
  { isTTY }: { readonly isTTY?: boolean },
  { CI, TERM }: CommandIo["env"],
): boolean {
  return isTTY === true && ["", "0", "false"].includes(CI ?? "") && TERM !== "dumb";
}

export function createOutput(
  { stdout, stderr, env }: CommandIo,
  { color, quiet = false, apiKey }: PrintOptions,
): Output {
  const redactor = keyRedactor(apiKey);
  const print = (text: string): void => {
    if (!quiet) stdout.write(`${text}\n`);
  };
  // https://no-color.org: any value except the empty string.
  const wantsColors = color && (env["NO_COLOR"] ?? "") === "";
  return {
    data: (line) => print(redactor.text(line)),
    json: (value, indent) => print(JSON.stringify(redactor.value(value), null, indent)),
    note: (line) => {
      stderr.write(`${redactor.text(line)}\n`);
    },
    redactor,
    liveTerminal: isTerminal(stdout, env) && !quiet ? stdout : null,
    dataColors: createColors(wantsColors && isTerminal(stdout, env)),
    noteColors: createColors(wantsColors && isTerminal(stderr, env)),
  };
}
