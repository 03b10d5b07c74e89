import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import type { Command } from "commander";
import { statusGroups } from "../input/parse-options.ts";
import { syncLogFields } from "../input/select-fields.ts";

/** An option as a shell completes it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  /** The known values; empty if they cannot be completed. */
  readonly values: readonly string[];
  /** Whether it takes several of them, with commas between them. */
  readonly isList: boolean;
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

/** What the options take that take names with commas between them. */
const namesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["--status", [...syncLogStatusValues, ...statusGroups]],
  ["--type", syncLogTypeValues],
  ["--field", syncLogFields()],
]);

const idPrefixes: Readonly<Record<string, string>> = { workspaceId: "ws", id: "sync", ids: "sync" };

/** The command that prints the ids of the last watch and the last list, and only what has the form of one. Both are written as the shell expands them. */
export const keptIds = (prefix: string): string => {
  const files = ["watch", "list"].map((name) => `"$state/sync-log/last-${name}.json"`).join(" ");
  return `grep -Eoh "\\"${prefix}_[A-Za-z0-9_-]{1,100}\\"" ${files} 2>/dev/null | tr -d '"' | sort -u`;
};

/** The words to complete, from the grammar that parses the command line. */
export function describeCommands(program: Command): readonly CompletedCommand[] {
  const help = program.createHelp();
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.summary() === "" ? command.description() : command.summary(),
    options: help.visibleOptions(command).flatMap((option) => {
      const { long, description, required, argChoices = [] } = option;
      if (typeof long !== "string") return [];
      const names = namesOf.get(long);
      const values = names ?? argChoices;
      return [
        { name: long, description, takesValue: required, values, isList: names !== undefined },
      ];
    }),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    idPrefixes: command.registeredArguments.flatMap(
      (argument) => idPrefixes[argument.name()] ?? [],
    ),
  }));
}
