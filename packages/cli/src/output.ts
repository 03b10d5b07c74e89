import type { Redactor } from "@qontext/sync-log-redact";
import type { CommandIo, OutputStream } from "./command-io.ts";
import { createColors } from "./text/colors.ts";
import type { Colors } from "./text/colors.ts";
import { keyRedactor } from "./text/key-redactor.ts";

/** Where a command prints. Everything that passes through it is printed without the key. */
export interface Output {
  /** A line of data, on standard output. */
  readonly data: (line: string) => void;
  /** A value as JSON, on standard output; in one line without `indent`. */
  readonly json: (value: object, indent?: number) => void;
  /** A line for people, on standard error. */
  readonly note: (line: string) => void;
  readonly redactor: Redactor;
  /** Standard output, if it is a terminal that can be redrawn; null for pipes, files, CI and dumb terminals. */
  readonly liveTerminal: NodeJS.WriteStream | null;
  readonly dataColors: Colors;
  readonly noteColors: Colors;
}

/** The options about printing. */
export interface OutputOptions {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly apiKey: string | undefined;
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== "" && value !== "0" && value !== "false";

/** Whether a stream gets colors: a terminal does, except with --no-color, NO_COLOR, CI or TERM=dumb. */
export function wantsColors(
  stream: { readonly isTTY?: boolean | undefined },
  env: CommandIo["env"],
  color: boolean,
): boolean {
  // https://no-color.org: any value except the empty string.
  if (!color || (env["NO_COLOR"] ?? "") !== "") return false;
  return stream.isTTY === true && !isSet(env["CI"]) && env["TERM"] !== "dumb";
}

function isTerminal(stream: OutputStream): stream is NodeJS.WriteStream {
  return stream.isTTY === true;
}

export function createOutput(
  { stdout, stderr, env }: CommandIo,
  { color, quiet, apiKey }: OutputOptions,
): Output {
  const redactor = keyRedactor(apiKey);
  const print = (text: string): void => {
    if (!quiet) stdout.write(`${text}\n`);
  };
  const canRedraw = isTerminal(stdout) && !isSet(env["CI"]) && env["TERM"] !== "dumb";
  return {
    data: (line) => print(redactor.text(line)),
    json: (value, indent) => print(JSON.stringify(redactor.value(value), null, indent)),
    note: (line) => {
      stderr.write(`${redactor.text(line)}\n`);
    },
    redactor,
    liveTerminal: canRedraw && isTerminal(stdout) && !quiet ? stdout : null,
    dataColors: createColors(wantsColors(stdout, env, color)),
    noteColors: createColors(wantsColors(stderr, env, color)),
  };
}
