import { keptIds } from "./describe-commands.ts";
import type { CompletedCommand } from "./describe-commands.ts";

/** A script for bash 3.2 and newer; it does not need the bash-completion package. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = commands.map(({ name, options, choices, idPrefixes }) => {
    const words = choices.length === 0 ? "" : `words="${choices.join(" ")}" `;
    const ids = idPrefixes.length === 0 ? "" : `ids=" ${idPrefixes.join(" ")} " `;
    const optionNames = options.map((option) => option.name).join(" ");
    return `    ${name}) ${words}${ids}options="${optionNames}" ;;`;
  });
  const valued = commands.flatMap(({ options }) => options).filter(({ takesValue }) => takesValue);
  const valuesByName = new Map(valued.map(({ name, values }) => [name, values.join(" ")]));
  const values = [...valuesByName].map(([name, all]) =>
    all === "" ? `    ${name}) return ;;` : `    ${name}) _sync_log_values "${all}"; return ;;`,
  );
  return `# bash completion for sync-log
_sync_log_ids() {
  local state="$XDG_STATE_HOME"
  case "$state" in /*) ;; *) state="$HOME/.local/state" ;; esac
  ${keptIds("${1}")}
}
_sync_log_values() {
  local before=""
  case "$current" in *,*) before="\${current%,*}," ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${current##*,}"))
}
_sync_log() {
  local words="" ids="" options="" prefix="ws" current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join("\n")}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names} --help --version"
  else
    case "\${COMP_WORDS[1]}" in
  ${cases.join("\n  ")}
    esac
    case " \${COMP_WORDS[*]:1:COMP_CWORD-1}" in *" ws_"*) prefix="sync" ;; esac
    case "$ids" in *" $prefix "*) words="$words $(_sync_log_ids $prefix)" ;; esac
    case "$current" in -*) words="$options" ;; esac
    [ -n "\${words// /}" ] || words="$options"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _sync_log sync-log
`;
}
