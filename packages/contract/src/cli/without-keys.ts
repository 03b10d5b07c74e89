import { createRedactor } from "@qontext/sync-log-redact";
import { keyVariables } from "../face.ts";
import type { CliIo } from "./command-line.ts";

/** A message without the keys of the command line and the environment, however wrong they are. */
export function withoutKeys(
  text: string,
  argv: readonly string[],
  { env }: Pick<CliIo, "env">,
): string {
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
