import { CommanderError } from "commander";
import { possibleKeys } from "./connection.ts";
import { exitCode, exitCodeOfError } from "./exit-code.ts";
import { createOutput } from "./output.ts";
import type { CommandIo, Output } from "./output.ts";
import { createProgram } from "./program.ts";
import type { Invocation } from "./program.ts";
import { errorDetailLines, errorLine } from "./text/error-lines.ts";
import { styled } from "./text/styled-line.ts";

function printError(error: unknown, verbose: boolean, output: Output): number {
  output.note([styled("red", "sync-log:"), ` ${errorLine(error)}`]);
  if (verbose) errorDetailLines(error).forEach(output.note);
  return exitCodeOfError(error);
}

/** Prints what commander could not parse, in one line that names the help to look at. */
function printUsage(
  error: CommanderError,
  args: readonly string[],
  names: readonly string[],
  output: Output,
): number {
  // Help and the version have been printed by now.
  if (error.exitCode === 0) return exitCode.ok;
  const command = args.find((arg) => names.includes(arg));
  const help = `sync-log ${command === undefined ? "" : `${command} `}--help`;
  const message =
    error.code === "commander.help" ? "no command given" : error.message.replace(/^error: /u, "");
  // The value of an option that is misspelt may be a secret of any form.
  const shown = args
    .filter((arg) => /^-.*=/su.test(arg))
    .reduce((text, arg) => text.replaceAll(arg, arg.slice(0, arg.indexOf("="))), message);
  output.note([styled("red", "sync-log:"), ` ${shown}; see ${help}`]);
  return exitCode.usage;
}

/** Runs `sync-log` with these arguments; the only place that turns an error into an exit code. */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  let invocation: Invocation | undefined;
  const keys = possibleKeys(args, io.env);
  const early = createOutput(io, { color: !args.includes("--no-color"), keys });
  const program = createProgram(io, (parsed) => {
    invocation = parsed;
  });
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    const names = program.commands.map((command) => command.name());
    return error instanceof CommanderError
      ? printUsage(error, args, names, early)
      : printError(error, false, early);
  }
  if (invocation === undefined) return exitCode.ok;
  const { options, run } = invocation;
  const output = createOutput(io, { ...options, keys });
  try {
    return await run(output);
  } catch (error) {
    return printError(error, options.verbose ?? false, output);
  }
}
