import { parseArgs } from "node:util";
import { ReleaseError } from "../release-error.ts";

/** A parsed command line. */
export interface ReleaseArguments {
  readonly command: "plan" | "check" | "draft";
  readonly format: "text" | "json" | "markdown";
  readonly base: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly strict: boolean;
  readonly help: boolean;
}

export const usage = `Usage:
  pnpm release:plan  [--base REF] [--json | --markdown]   what changed since the last release, and the bump it needs
  pnpm release:plan  --from FILE --to FILE [--json | --markdown]   the same for any two OpenAPI documents
  pnpm release:check [--base REF] [--strict]   fails when the pending changesets promise less than the changes need
  pnpm release:draft [--base REF]   writes the changeset that the changes need

  --base REF   compare with this commit instead of the newest release tag
  --strict     fail if there is no release to compare with, instead of printing a notice
Exit codes: 0 success, 1 a changeset is missing or too low, 2 usage error or nothing to compare with.
`;

/**
 * Reads the command line.
 *
 * @throws {@link ReleaseError} `usage` with the usage.
 */
export function parseArguments(args: readonly string[]): ReleaseArguments {
  const { values, positionals } = parse(args);
  const [command = values.help ? "plan" : "", ...rest] = positionals;
  if (command !== "plan" && command !== "check" && command !== "draft") {
    throw wrong(command === "" ? "No command." : `Unknown command ${JSON.stringify(command)}.`);
  }
  if (rest.length > 0) throw wrong(`Unexpected argument ${JSON.stringify(rest[0])}.`);
  if ((values.from === undefined) !== (values.to === undefined)) {
    throw wrong("--from and --to must be given together.");
  }
  if (values.from !== undefined && (command !== "plan" || values.base !== undefined)) {
    throw wrong("--from and --to are options of plan, and cannot be combined with --base.");
  }
  if (values.json && values.markdown) throw wrong("--json and --markdown cannot be combined.");
  const { base, from, to, strict = false, help = false } = values;
  const format = values.json ? "json" : values.markdown ? "markdown" : "text";
  return { command, format, base, from, to, strict, help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // pnpm passes on the `--` that some callers put before the options.
      args: args.filter((arg) => arg !== "--"),
      allowPositionals: true,
      options: {
        base: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        json: { type: "boolean" },
        markdown: { type: "boolean" },
        strict: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function wrong(what: string, cause?: unknown): ReleaseError {
  return new ReleaseError("usage", `${what}\n${usage}`, { cause });
}
