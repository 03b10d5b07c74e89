import type { Command } from "commander";

/** An option as a shell completes it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  /** Whether a value follows, which cannot be completed. */
  readonly takesValue: boolean;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The possible values of its argument; empty if they are unknown. */
  readonly choices: readonly string[];
  /** What the ids that it takes begin with, in their order. */
  readonly idPrefixes: readonly string[];
}

const idPrefixes: Readonly<Record<string, string>> = { workspaceId: "ws", id: "sync", ids: "sync" };

/** The command that prints the ids in the file of the last watch, and only what has the form of one. Both are written as the shell expands them. */
export const idsInFile = (prefix: string, file: string): string =>
  `grep -Eo "\\"${prefix}_[A-Za-z0-9_-]{1,100}\\"" ${file} 2>/dev/null | tr -d '"'`;

/** The words to complete, from the grammar that parses the command line. */
export function describeCommands(program: Command): readonly CompletedCommand[] {
  const help = program.createHelp();
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.summary() === "" ? command.description() : command.summary(),
    options: help
      .visibleOptions(command)
      .flatMap(({ long, description, required }) =>
        typeof long === "string" ? [{ name: long, description, takesValue: required }] : [],
      ),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    idPrefixes: command.registeredArguments.flatMap(
      (argument) => idPrefixes[argument.name()] ?? [],
    ),
  }));
}
