import { UsageError } from "@qontext/sync-log-command-line";
import { allChecks } from "../checks/all-checks.ts";
import { CouldNotJudgeError, toCouldNotJudge } from "../could-not-judge-error.ts";
import { helpText, tool } from "../face.ts";
import { createSpecification } from "../specification.ts";
import { shownText } from "../report/shown-text.ts";
import type { CliIo } from "./command-line.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./command-line.ts";
import { runHar } from "./run-har.ts";
import { runProxy } from "./run-proxy.ts";
import { runVerify } from "./run-verify.ts";
import { withoutKeys } from "./without-keys.ts";

const commands: ReadonlyMap<string, (argv: readonly string[], io: CliIo) => Promise<number>> =
  new Map([
    ["verify", runVerify],
    ["proxy", runProxy],
    ["har", runHar],
    ["checks", runChecks],
  ]);

/** Runs a command line; resolves to the exit code: 0 conforms, 1 violations, 2 could not be judged. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  if (argv.includes("--help") || argv.includes("-h") || name === "help") {
    io.writeOut(helpText);
    return 0;
  }
  if (name === "--version") {
    io.writeOut(`${tool.version}\n`);
    return 0;
  }
  const command = commands.get(name ?? "");
  if (command === undefined) {
    const problem = name === undefined ? "Give a command" : `Unknown command "${name}"`;
    io.writeError(`${problem}: ${[...commands.keys()].join(", ")}.\n\n${helpText}`);
    return 2;
  }
  try {
    return await command(rest, io);
  } catch (thrown) {
    const error = toCouldNotJudge(thrown);
    // Whatever went wrong, nothing was judged; a stack trace could show the command line with the key in it.
    const isKnown = error instanceof CouldNotJudgeError || error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    const text = isKnown ? `${error.code}: ${message}` : `Unexpected: ${message}`;
    io.writeError(`Could not be judged. ${shownText(withoutKeys(text, rest, io))}\n`);
    return 2;
  }
}

/** `checks`: prints each check with its severity, what it asserts and why. */
async function runChecks(argv: readonly string[], io: CliIo): Promise<number> {
  const line = await readCommandLine(argv, io, judgingOptions);
  const checks = allChecks(createSpecification(await readJudgingOptions(line, io)));
  for (const { id, severity = "error", asserts, why } of checks)
    io.writeOut(`${id}  ${severity}\n  ${asserts}\n  ${why}\n`);
  io.writeOut(`\n${checks.length} checks. A warning is an error with --strict.\n`);
  return 0;
}
