import { createRedactor } from "@qontext/sync-log-redact";
import { UsageError } from "@qontext/sync-log-command-line";
import { CouldNotJudgeError, toCouldNotJudge } from "../could-not-judge-error.ts";
import { helpText, keyVariables, tool } from "../face.ts";
import type { CliIo } from "./command-line.ts";
import { runChecks } from "./run-checks.ts";
import { runHar } from "./run-har.ts";
import { runProxy } from "./run-proxy.ts";
import { runVerify } from "./run-verify.ts";

const commands: Readonly<Record<string, (argv: readonly string[], io: CliIo) => Promise<number>>> =
  {
    verify: runVerify,
    proxy: runProxy,
    har: runHar,
    checks: runChecks,
  };

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
  const command =
    name === undefined
      ? undefined
      : Object.entries(commands).find(([known]) => known === name)?.[1];
  if (command === undefined) {
    io.writeError(
      `${name === undefined ? "Give a command" : `Unknown command "${name}"`}: ${Object.keys(commands).join(", ")}.\n\n${helpText}`,
    );
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
    io.writeError(`Could not be judged. ${withoutKeys(text, rest, io)}\n`);
    return 2;
  }
}

function withoutKeys(text: string, argv: readonly string[], { env }: CliIo): string {
  const given = argv.flatMap((word, index) =>
    /^--(?:other-)?api-key$/.test(word)
      ? [argv[index + 1]]
      : [/^--(?:other-)?api-key=(.+)/.exec(word)?.[1]],
  );
  const redactor = createRedactor({ label: `$${keyVariables.own}` });
  for (const key of [...given, env[keyVariables.own], env[keyVariables.other]]) {
    if (key !== undefined) redactor.add(key);
  }
  return redactor.text(text);
}
