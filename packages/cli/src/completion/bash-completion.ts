import { idsInFile } from "./describe-commands.ts";
import type { CompletedCommand } from "./describe-commands.ts";

/** A script for bash 3.2 and newer; it does not need the bash-completion package. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = commands.map(({ name, options, choices, idPrefixes }) => {
    const words = [...choices, ...options.map((option) => option.name)].join(" ");
    const ids = idPrefixes.length === 0 ? "" : `; ids=" ${idPrefixes.join(" ")} "`;
    return `    ${name}) words="${words}"${ids} ;;`;
  });
  const valued = commands
    .flatMap(({ options }) => options)
    .filter(({ takesValue }) => takesValue)
    .map(({ name }) => name);
  return `# bash completion for sync-log
_sync_log_ids() {
  local state="$XDG_STATE_HOME"
  case "$state" in /*) ;; *) state="$HOME/.local/state" ;; esac
  ${idsInFile("${1}", '"$state/sync-log/last-watch.json"')}
}
_sync_log() {
  local words="" ids="" prefix="ws" current="\${COMP_WORDS[COMP_CWORD]}"
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
    case " \${COMP_WORDS[*]:1:COMP_CWORD-1}" in *" ws_"*) prefix="sync" ;; esac
    case "$ids" in *" $prefix "*) words="$words $(_sync_log_ids $prefix)" ;; esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _sync_log sync-log
`;
}
