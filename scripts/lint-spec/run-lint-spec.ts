import path from "node:path";
import { fileURLToPath } from "node:url";
import { lintSpec, UnreadableSpecError } from "./lint-spec.ts";

const ownSpec = fileURLToPath(new URL("../../specs/openapi.yaml", import.meta.url));

/** Where the command runs and writes to. */
export interface LintSpecEnvironment {
  /** Paths are read, and shown, relative to this folder. */
  readonly folder: string;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/**
 * Prints what is wrong with a spec, a line each: `file:line:column rule message`.
 *
 * @returns the exit code. 0: nothing is wrong, 1: something is, 2: the spec could not be checked.
 */
export async function runLintSpec(
  args: readonly string[],
  { folder, print, printError }: LintSpecEnvironment,
): Promise<number> {
  const [given, ...others] = args;
  if (others.length > 0 || given?.startsWith("-") === true) {
    printError("Usage: pnpm lint:spec [FILE]");
    return 2;
  }
  const file = given === undefined ? ownSpec : path.resolve(folder, given);
  const show = (absolute: string): string => path.relative(folder, absolute);
  try {
    const problems = await lintSpec(file);
    for (const { file: at, line, column, ruleId, message } of problems) {
      print(`${show(at)}:${line}:${column} ${ruleId} ${message}`);
    }
    const count = problems.length === 1 ? "1 problem" : `${problems.length || "no"} problems`;
    print(`${show(file)}: ${count}`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnreadableSpecError)) throw error;
    printError(`${show(file)} cannot be read: ${error.message}`);
    return 2;
  }
}
