import { allChecks } from "../checks/all-checks.ts";
import { createSpecification } from "../specification.ts";
import type { CliIo } from "./command-line.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./command-line.ts";

/** `checks`: prints each check with its severity, what it asserts and why. */
export async function runChecks(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, judgingOptions);
  const checks = allChecks(createSpecification(await readJudgingOptions(line, io)));
  for (const { id, severity = "error", asserts, why } of checks)
    io.writeOut(`${id}  ${severity}\n  ${asserts}\n  ${why}\n`);
  io.writeOut(`\n${checks.length} checks. A warning is an error with --strict.\n`);
  return 0;
}
