import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface CliOptions {
  readonly help: boolean;
  /** Compare only. */
  readonly check: boolean;
  /** Another document than the project's own, and where to write its schema part. */
  readonly foreign: ForeignDocument | undefined;
}

/** A document of somebody else. */
export interface ForeignDocument {
  readonly spec: string;
  readonly out: string;
  /** Where all files must be that it refers to. @default the folder of the document */
  readonly folder?: string | undefined;
}

/** The command line is invalid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

export const usage = `usage: pnpm generate [--check] [--spec FILE --out DIR [--folder DIR]]

Generates packages/{schema,client,document}/src/generated from specs/openapi.yaml and specs/extensions.schema.json.

  --check        write nothing; list the files that differ, and exit with 1 if there are any
  --spec FILE    an OpenAPI 3.0 or 3.1 document in YAML or JSON, instead of the project's own
  --out DIR      where to write (or compare) its schema part
  --folder DIR   where all files must be that the document refers to; by default its own folder. Nothing is fetched.
  --help         show this

Exit codes: 0 success, 1 invalid document or a difference, 2 usage error.
`;

/** @throws UsageError with one line that says what is wrong. */
export function parseCliOptions(args: readonly string[]): CliOptions {
  const { check, help, spec, out, folder } = parse(args);
  if ((spec === undefined) !== (out === undefined)) {
    throw new UsageError("--spec FILE and --out DIR must be given together.");
  }
  if (folder !== undefined && spec === undefined) {
    throw new UsageError("--folder is for the document of --spec.");
  }
  if ([spec, out, folder].includes("")) {
    throw new UsageError("--spec, --out and --folder need a value.");
  }
  const foreign = spec === undefined || out === undefined ? undefined : { spec, out, folder };
  return { check, help, foreign };
}

function parse(args: readonly string[]): {
  check: boolean;
  help: boolean;
  spec?: string;
  out?: string;
  folder?: string;
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
        folder: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new UsageError(`${reason.replace(/\.$/, "")}.`, { cause: error });
  }
}
