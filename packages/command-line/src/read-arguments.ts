import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";

/** The command line cannot be understood; the message says what to write instead. */
export class UsageError extends Error {
  /** The name of the class. */
  override readonly name = "UsageError";
  /** Stable; made for programs. */
  readonly code = "usage";
}

/**
 * Node's `parseArgs`, with its errors as one sentence.
 *
 * @throws UsageError for an unknown option, or one with a missing or unexpected value.
 */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [sentence = ""] = message.split(/\.? To specify|\n/u);
    throw new UsageError(`${sentence.replace(/\.$/u, "")}. --help lists the options.`, { cause });
  }
}

/** A word as a POSIX shell reads it back, in quotes only where it needs them. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The version in a `package.json`. */
export function packageVersion(manifest: URL): string {
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  return version;
}
