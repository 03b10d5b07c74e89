import { keptIds } from "./describe-commands.ts";
import type { CompletedCommand, CompletedOption } from "./describe-commands.ts";

/** A word in single quotes, as zsh reads it back. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Text inside a specification of `_arguments` or `_describe`, where colons and brackets are syntax. */
function plain(text: string): string {
  return text.replaceAll(/[\\:[\]]/gu, (character) => `\\${character}`);
}

function optionSpec(option: CompletedOption): string {
  return quote(`${option.name}[${plain(option.description)}]${valueSpec(option)}`);
}

function valueSpec({ takesValue, values, isList }: CompletedOption): string {
  if (!takesValue) return "";
  if (values.length === 0) return ":value: ";
  return isList ? `:value:_values -s , value ${values.join(" ")}` : `:value:(${values.join(" ")})`;
}

function commandCase({ name, options, choices, idPrefixes }: CompletedCommand): string {
  const first = choices.length === 0 ? [] : [quote(`1:choice:(${choices.join(" ")})`)];
  const ids = idPrefixes.map((prefix, index) =>
    quote(`${index === 0 ? "1" : "*"}:id: _sync_log_ids ${prefix}`),
  );
  return `    ${name}) _arguments ${[...options.map(optionSpec), ...first, ...ids].join(" ")} ;;`;
}

/** A script to be sourced after `compinit`, or saved as `_sync-log` in a folder of `$fpath`. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name, description }) =>
    quote(`${plain(name)}:${plain(description)}`),
  );
  return `#compdef sync-log
# zsh completion for sync-log
_sync_log_ids() {
  local state="$XDG_STATE_HOME"
  [[ "$state" == /* ]] || state="$HOME/.local/state"
  compadd -- \${(f)"$(${keptIds("${1}")})"}
}
_sync_log() {
  if (( CURRENT == 2 )); then
    local -a commands=(${names.join(" ")})
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${commands.map(commandCase).join("\n")}
  esac
}
if [[ "$funcstack[1]" == "_sync-log" ]]; then _sync_log "$@"; else compdef _sync_log sync-log; fi
`;
}
