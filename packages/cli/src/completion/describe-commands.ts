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
}

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
  }));
}
