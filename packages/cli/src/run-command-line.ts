import { CommanderError } from "commander";
import { apiKeyOf } from "./connection.ts";
import { exitCode, exitCodeOfError } from "./exit-code.ts";
import { createOutput } from "./output.ts";
import type { CommandIo, Output } from "./output.ts";
import { createProgram } from "./program.ts";
import type { Invocation } from "./program.ts";
import { errorDetailLines, errorLine } from "./text/error-lines.ts";

function printError(error: unknown, verbose: boolean, output: Output): number {
  output.note(`${output.noteColors.red("sync-log:")} ${errorLine(error)}`);
  if (verbose) for (const line of errorDetailLines(error)) output.note(line);
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
  output.note(
    `${output.noteColors.red("sync-log:")} ${errorLine(new Error(message))}; see ${help}`,
  );
  return exitCode.usage;
}

/** Runs `sync-log` with these arguments; the only place that turns an error into an exit code. */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  let invocation: Invocation | undefined;
  // Until the options are parsed, the only known key is the one in the environment.
  const early = createOutput(io, {
    color: !args.includes("--no-color"),
    apiKey: apiKeyOf({}, io.env),
  });
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
  // The completion script was printed while parsing.
  if (invocation === undefined) return exitCode.ok;
  const { options, run } = invocation;
  const output = createOutput(io, { ...options, apiKey: apiKeyOf(options, io.env) });
  try {
    return await run(output);
  } catch (error) {
    return printError(error, options.verbose ?? false, output);
  }
}
