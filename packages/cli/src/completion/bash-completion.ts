import type { CompletedCommand } from "./describe-commands.ts";

/** A script for bash 3.2 and newer; it does not need the bash-completion package. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = commands.map(({ name, options, choices }) => {
    const words = [...choices, ...options.map((option) => option.name)].join(" ");
    return `    ${name}) words="${words}" ;;`;
  });
  const valued = commands
    .flatMap(({ options }) => options)
    .filter(({ takesValue }) => takesValue)
    .map(({ name }) => name);
  return `# bash completion for sync-log
_sync_log() {
  local words="" current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
    ${[...new Set(valued)].join("|")}) return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names} --help --version"
  else
    case "\${COMP_WORDS[1]}" in
  ${cases.join("\n  ")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _sync_log sync-log
`;
}
