import { parseArgs } from "node:util";
import { ReleaseError } from "../release-error.ts";

export const usage = `Usage:
  pnpm release:plan  [--base REF] [--json | --markdown]   what changed since the last release, and the bump it needs
  pnpm release:plan  --from FILE --to FILE [--json | --markdown]   the same for any two OpenAPI documents
  pnpm release:check [--base REF] [--strict] [--publish]   fails when the pending changesets promise less than the changes need
  pnpm release:draft [--base REF]   writes the changeset that the changes need

  --base REF   compare with this commit instead of the newest release tag
  --strict     fail if there is no release to compare with, instead of printing a notice
  --publish    fail as well if a registry would refuse the packages: they must say which repository they are of
Exit codes: 0 success, 1 a changeset is missing or too low, or a package would be refused, 2 usage error or nothing to compare with.
`;

/** A parsed command line. */
export interface ReleaseArguments {
  readonly command: "plan" | "check" | "draft" | "help";
  readonly format: "text" | "json" | "markdown";
  readonly base: string | undefined;
  readonly strict: boolean;
  readonly publish: boolean;
  /** Two documents, instead of the workspace. */
  readonly files: { readonly from: string; readonly to: string } | undefined;
}

/**
 * Reads the command line.
 *
 * @throws ReleaseError `usage` with the usage.
 */
export function parseArguments(args: readonly string[]): ReleaseArguments {
  const { values, positionals } = parse(args);
  const {
    base,
    from,
    to,
    json = false,
    markdown = false,
    strict = false,
    publish = false,
    help = false,
  } = values;
  const [word, ...rest] = positionals;
  const command = help ? "help" : word;
  if (command !== "plan" && command !== "check" && command !== "draft" && command !== "help") {
    throw wrong(
      command === undefined ? "No command." : `Unknown command ${JSON.stringify(command)}.`,
    );
  }
  if (rest.length > 0) throw wrong(`Unexpected argument ${JSON.stringify(rest[0])}.`);
  const files = from === undefined || to === undefined ? undefined : { from, to };
  if (files === undefined && from !== to) throw wrong("--from and --to must be given together.");
  if (files && (command !== "plan" || base !== undefined)) {
    throw wrong("--from and --to are options of plan, and cannot be combined with --base.");
  }
  if (json && markdown) throw wrong("--json and --markdown cannot be combined.");
  const format = json ? "json" : markdown ? "markdown" : "text";
  return { command, format, base, strict, publish, files };
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
        publish: { type: "boolean" },
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
