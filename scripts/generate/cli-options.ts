import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface CliOptions {
  readonly help: boolean;
  /** Compare only. */
  readonly check: boolean;
  /** Another document than the project's own, and where to write its schema part. */
  readonly foreign: { readonly spec: string; readonly out: string } | undefined;
}

/** The command line is invalid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

export const usage = `usage: pnpm generate [--check] [--spec FILE --out DIR]

Generates packages/{schema,client,document}/src/generated from specs/openapi.yaml and specs/extensions.schema.json.

  --check        write nothing; list the files that differ, and exit with 1 if there are any
  --spec FILE    an OpenAPI 3.0 or 3.1 document in YAML or JSON, instead of the project's own
  --out DIR      where to write (or compare) its schema part
  --help         show this

Exit codes: 0 success, 1 invalid document or a difference, 2 usage error.
`;

/** @throws {@link UsageError} with one line that says what is wrong. */
export function parseCliOptions(args: readonly string[]): CliOptions {
  const { check, help, spec, out } = parse(args);
  if ((spec === undefined) !== (out === undefined)) {
    throw new UsageError("--spec FILE and --out DIR must be given together.");
  }
  if (spec === "" || out === "") throw new UsageError("--spec and --out need a value.");
  const foreign = spec === undefined || out === undefined ? undefined : { spec, out };
  return { check, help, foreign };
}

function parse(args: readonly string[]): {
  check: boolean;
  help: boolean;
  spec?: string;
  out?: string;
} {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        check: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
        spec: { type: "string" },
        out: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new UsageError(`${reason.replace(/\.$/, "")}.`, { cause: error });
  }
}
