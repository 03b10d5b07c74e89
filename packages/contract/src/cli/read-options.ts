import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { loadDocument } from "../spec/load-document.ts";
import type { OpenApiDocument } from "../spec/load-document.ts";

type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** The values of a command line. */
export interface CommandLine {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  /** A list whose members may also be separated by commas. */
  ids(name: string): readonly string[] | undefined;
  flag(name: string): boolean;
  number(name: string, min: number): number | undefined;
}

/**
 * Reads a command line.
 *
 * @throws {@link CouldNotJudgeError} `BAD_OPTIONS` for an option that there is not, or a value that is none.
 */
export function readCommandLine(argv: readonly string[], options: OptionTypes): CommandLine {
  const { values, positionals } = parse(argv, options);
  const list = (name: string): readonly string[] =>
    [values[name] ?? []].flat().filter((value) => typeof value === "string");
  const text = (name: string): string | undefined => list(name).at(-1);
  return {
    positionals,
    text,
    list,
    ids: (name) =>
      values[name] === undefined
        ? undefined
        : list(name)
            .flatMap((value) => value.split(","))
            .filter((id) => id !== ""),
    flag: (name) => values[name] === true,
    number: (name, min) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() !== "" && Number.isFinite(number) && number >= min) return number;
      throw new CouldNotJudgeError(
        "BAD_OPTIONS",
        `--${name} ${JSON.stringify(value)} is not a number of at least ${min}.`,
      );
    },
  };
}

function parse(argv: readonly string[], options: OptionTypes): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotJudgeError("BAD_OPTIONS", `${reason} See sync-log-contract --help.`, {
      cause: error,
    });
  }
}

/** The document of `--spec`; undefined if none was given. */
export async function readSpec(
  line: CommandLine,
): Promise<{ readonly document?: OpenApiDocument }> {
  const file = line.text("spec");
  return file === undefined ? {} : { document: await loadDocument(file) };
}

/** The options that every command that judges has. */
export const judgingOptions: OptionTypes = {
  spec: { type: "string" },
  operation: { type: "string", multiple: true },
  "ignore-format": { type: "string", multiple: true },
  strict: { type: "boolean" },
  only: { type: "string", multiple: true },
  skip: { type: "string", multiple: true },
  "max-latency": { type: "string" },
  "api-key": { type: "string" },
  report: { type: "string", multiple: true },
};

/** What the values of {@link judgingOptions} mean. */
export async function readJudgingOptions(line: CommandLine): Promise<JudgingOptions> {
  const [only, skip, operationIds, ignoredFormats] = [
    line.ids("only"),
    line.ids("skip"),
    line.ids("operation"),
    line.ids("ignore-format"),
  ];
  const maxLatencyMs = line.number("max-latency", 0);
  return {
    ...(await readSpec(line)),
    isStrict: line.flag("strict"),
    ...(only === undefined ? {} : { only }),
    ...(skip === undefined ? {} : { skip }),
    ...(operationIds === undefined ? {} : { operationIds }),
    ...(ignoredFormats === undefined ? {} : { ignoredFormats }),
    ...(maxLatencyMs === undefined ? {} : { maxLatencyMs }),
  };
}

/** Options of every command that judges. */
export interface JudgingOptions {
  readonly document?: OpenApiDocument;
  readonly isStrict: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly operationIds?: readonly string[];
  readonly ignoredFormats?: readonly string[];
  readonly maxLatencyMs?: number;
}
