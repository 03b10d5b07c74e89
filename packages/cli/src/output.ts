import { harmlessJson, harmlessText } from "@qontext/sync-log-command-line";
import { createRedactor } from "@qontext/sync-log-redact";
import type { Redactor } from "@qontext/sync-log-redact";
import picocolors from "picocolors";
import type { Line } from "./text/styled-line.ts";

/** The parts of the process that a command uses. */
export type CommandIo = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env">;

/**
 * Where a command prints. Everything that passes through it is printed without the keys, and without anything that a
 * terminal would act on but the colors that a {@link Line} asks for: no other part of a command needs to think of either.
 */
export interface Output {
  /** A line of data, on standard output. */
  readonly data: (line: Line) => void;
  /** A line of values for programs, on standard output, with tabs between them. */
  readonly values: (values: readonly string[]) => void;
  /** A value as JSON, on standard output; in one line without `indent`. */
  readonly json: (value: object, indent?: number) => void;
  /** A line for people, on standard error. */
  readonly note: (line: Line) => void;
  /** A line as standard output shows it, for what draws on it by itself. */
  readonly shown: (line: Line) => string;
  readonly redactor: Redactor;
  /** How many columns standard output has, if it is a terminal of any kind; null for a pipe or a file. */
  readonly columns: number | null;
  /** Standard output, if it is a terminal that can be redrawn; null for a pipe, a file, CI or a dumb terminal. */
  readonly liveTerminal: NodeJS.WriteStream | null;
}

/** The options about printing. */
export interface PrintOptions {
  readonly color: boolean;
  readonly quiet?: boolean | undefined;
  /** Never printed. */
  readonly keys: readonly string[];
}

/** Whether a variable of the environment is set to anything but a word for no. */
export function isSet(value: string | undefined): boolean {
  return !["", "0", "false"].includes(value ?? "");
}

/** Whether a stream is a terminal with colors and a cursor. */
function isTerminal(
  { isTTY }: { readonly isTTY?: boolean },
  { CI, TERM }: CommandIo["env"],
): boolean {
  return isTTY === true && !isSet(CI) && TERM !== "dumb";
}

/** https://no-color.org and https://force-color.org: any value except the empty string; what is asked for in the command wins. */
function wantsColors(
  stream: { readonly isTTY?: boolean },
  env: CommandIo["env"],
  color: boolean,
): boolean {
  const { FORCE_COLOR: force = "", NO_COLOR: no = "" } = env;
  if (!color) return false;
  if (force !== "") return isSet(force);
  return no === "" && isTerminal(stream, env);
}

export function createOutput(
  { stdout, stderr, env }: CommandIo,
  { color, quiet = false, keys }: PrintOptions,
): Output {
  const redactor = createRedactor({ maxKeys: Infinity });
  for (const key of keys) redactor.add(key);
  const print = (text: string): void => {
    if (!quiet) stdout.write(`${text}\n`);
  };
  // Harmless first: characters that are not seen may stand in the midst of a key.
  const clean = (text: string): string => redactor.text(harmlessText(text));
  const createPainter = (stream: { readonly isTTY?: boolean }): ((line: Line) => string) => {
    const colors = picocolors.createColors(wantsColors(stream, env, color));
    return (line) =>
      line
        .map((part) =>
          typeof part === "string" ? clean(part) : colors[part.style](clean(part.text)),
        )
        .join("");
  };
  const shown = createPainter(stdout);
  const noted = createPainter(stderr);
  return {
    data: (line) => print(shown(line)),
    values: (values) => print(values.map(clean).join("\t")),
    json: (value, indent) => print(harmlessJson(redactor.value(value), indent)),
    note: (line) => {
      stderr.write(`${noted(line)}\n`);
    },
    shown,
    redactor,
    // A terminal that does not know its size reports 0.
    columns: stdout.isTTY ? stdout.columns || 80 : null,
    liveTerminal: isTerminal(stdout, env) && !quiet ? stdout : null,
  };
}
