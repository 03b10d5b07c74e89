import type { ParseArgsConfig } from "node:util";
import { parseDuration, parseWholeNumber, readArguments } from "@qontext/sync-log-command-line";
import { loadDocument } from "../spec/load-document.ts";
import type { OpenApiDocument } from "../spec/load-document.ts";

type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** The values of a command line. */
export interface CommandLine {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  /** A list; a value may itself be a comma-separated list. */
  ids(name: string): readonly string[] | undefined;
  flag(name: string): boolean;
  wholeNumber(name: string, min?: number): number | undefined;
  durationMs(name: string, minMs?: number): number | undefined;
}

/**
 * Reads a command line.
 *
 * @throws {@link UsageError} for an unknown option or an invalid value.
 */
export function readCommandLine(argv: readonly string[], options: OptionTypes): CommandLine {
  const { values, positionals } = readArguments({
    args: [...argv],
    options,
    allowPositionals: true,
  });
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
    wholeNumber: (name, min) => {
      const value = text(name);
      return value === undefined ? undefined : parseWholeNumber(value, `--${name}`, min);
    },
    durationMs: (name, minMs) => {
      const value = text(name);
      return value === undefined ? undefined : parseDuration(value, `--${name}`, minMs);
    },
  };
}

/** The document of `--spec`; undefined if none was given. */
export async function readSpec(
  line: CommandLine,
): Promise<{ readonly document?: OpenApiDocument }> {
  const file = line.text("spec");
  return file === undefined ? {} : { document: await loadDocument(file) };
}

/** The options of every command that judges. */
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

/** Reads the values of {@link judgingOptions}. */
export async function readJudgingOptions(line: CommandLine): Promise<JudgingOptions> {
  const [only, skip, operationIds, ignoredFormats] = [
    line.ids("only"),
    line.ids("skip"),
    line.ids("operation"),
    line.ids("ignore-format"),
  ];
  const maxLatencyMs = line.durationMs("max-latency");
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
