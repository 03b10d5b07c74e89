import type { CompletedCommand } from "./describe-commands.ts";

/** A word in single quotes, as fish reads it back. */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/gu, (character) => `\\${character}`)}'`;
}

function commandLines({
  name,
  description,
  options,
  choices,
}: CompletedCommand): readonly string[] {
  const inside = `-n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c sync-log -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
    ...options.map(
      (option) =>
        `complete -c sync-log ${inside} -l ${option.name.slice(2)}${option.takesValue ? " -x" : ""} -d ${quote(option.description)}`,
    ),
    ...(choices.length === 0
      ? []
      : [`complete -c sync-log ${inside} -a ${quote(choices.join(" "))}`]),
  ];
}

/** A script to be sourced, or saved as `sync-log.fish` in the completions folder of fish. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return [
    "# fish completion for sync-log",
    "complete -c sync-log -f",
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}
