import type { Command } from "commander";
import type { Shell } from "../input/parse-options.ts";
import { bashCompletion } from "./bash-completion.ts";
import { describeCommands } from "./describe-commands.ts";
import { fishCompletion } from "./fish-completion.ts";
import { zshCompletion } from "./zsh-completion.ts";

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/**
 * The completion script for a shell. It contains all words, and reads ids from the file of the last watch: pressing Tab starts
 * `grep` at most, and evaluates nothing.
 */
export function completionScript(shell: Shell, program: Command): string {
  return scripts[shell](describeCommands(program));
}
