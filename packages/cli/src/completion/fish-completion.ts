import { keptIds } from "./describe-commands.ts";
import type { CompletedCommand, CompletedOption } from "./describe-commands.ts";

/** What says of an option that a value follows, and which ones are known. */
function valueFlags({ takesValue, values, isList }: CompletedOption): string {
  if (!takesValue) return "";
  const words = values.join(" ");
  if (words === "") return " -x";
  return ` -x -a ${quote(isList ? `(__sync_log_names ${words})` : words)}`;
}

/** A word in single quotes, as fish reads it back. */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/gu, (character) => `\\${character}`)}'`;
}

function commandLines({
  name,
  description,
  options,
  choices,
  idPrefixes,
}: CompletedCommand): readonly string[] {
  const inside = `-n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c sync-log -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
    ...options.map(
      (option) =>
        `complete -c sync-log ${inside} -l ${option.name.slice(2)}${valueFlags(option)} -d ${quote(option.description)}`,
    ),
    ...(choices.length === 0
      ? []
      : [`complete -c sync-log ${inside} -a ${quote(choices.join(" "))}`]),
    ...(idPrefixes.length === 0
      ? []
      : [`complete -c sync-log ${inside} -a '(__sync_log_ids ${idPrefixes.join(" ")})'`]),
  ];
}

/** A script to be sourced, or saved as `sync-log.fish` in the completions folder of fish. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return [
    "# fish completion for sync-log",
    "function __sync_log_ids",
    "  set -l state $XDG_STATE_HOME",
    "  string match -q '/*' -- \"$state\"; or set state $HOME/.local/state",
    "  set -l prefix ws",
    "  string match -q 'ws_*' -- (commandline -opc); and set prefix sync",
    `  contains $prefix $argv; and ${keptIds('$prefix""')}`,
    "end",
    "function __sync_log_names",
    "  set -l token (commandline -ct)",
    "  set -l before (string replace -r '^--[a-z-]*=' '' -- \"$token\" | string replace -r '[^,]*$' '')",
    "  printf '%s\\n' \"$before\"$argv",
    "end",
    "complete -c sync-log -f",
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}
