import path from "node:path";
import { fileURLToPath } from "node:url";
import { lintSpec, UnreadableSpecError } from "./lint-spec.ts";

const ownSpec = fileURLToPath(new URL("../../specs/openapi.yaml", import.meta.url));

/** Prints what is wrong with a spec, a line each; 0: nothing, 1: something, 2: it could not be checked. */
async function main(args: readonly string[]): Promise<number> {
  // pnpm runs a script in the folder of its package, and tells where it was called.
  const folder = process.env["INIT_CWD"] ?? process.cwd();
  const [given, ...others] = args;
  if (others.length > 0 || given?.startsWith("-") === true) {
    console.error("Usage: pnpm lint:spec [FILE]");
    return 2;
  }
  const file = given === undefined ? ownSpec : path.resolve(folder, given);
  const show = (absolute: string): string => path.relative(folder, absolute) || absolute;
  try {
    const problems = await lintSpec(file);
    for (const { file: at, line, column, ruleId, message } of problems) {
      console.log(`${show(at)}:${line}:${column} ${ruleId} ${message}`);
    }
    const count = problems.length === 1 ? "1 problem" : `${problems.length || "no"} problems`;
    console.log(`${show(file)}: ${count}`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    const isUnreadable = error instanceof UnreadableSpecError;
    console.error(isUnreadable ? `${show(file)} cannot be read: ${error.message}` : error);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
