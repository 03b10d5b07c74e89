import type { ParseArgsConfig } from "node:util";
import { parseDuration, parseWholeNumber, readArguments } from "@qontext/sync-log-command-line";
import { loadDocument } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { keyVariables } from "../face.ts";
import type { JudgingOptions, Requirement } from "../run/run-options.ts";
import { requirements } from "../run/run-options.ts";

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

/** What a command reads and writes, apart from the network and the files named on its command line. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly hasColor: boolean;
  /** Aborted when the user stops a command that runs until then. */
  readonly stop: AbortSignal;
}

/** The options of every command that judges. */
export const judgingOptions: OptionTypes = {
  spec: { type: "string" },
  operation: { type: "string", multiple: true },
  "ignore-format": { type: "string", multiple: true },
  strict: { type: "boolean" },
  only: { type: "string", multiple: true },
  skip: { type: "string", multiple: true },
  require: { type: "string", multiple: true },
  "max-latency": { type: "string" },
  "api-key": { type: "string" },
  report: { type: "string", multiple: true },
};

function readRequirement(text: string): Requirement {
  const found = requirements.find((one) => one === text);
  if (found !== undefined) return found;
  const message = `--require ${text} is not one of: ${requirements.join(", ")}.`;
  throw new CouldNotJudgeError("bad_options", message);
}

/** Reads the values of {@link judgingOptions}. */
export async function readJudgingOptions(
  line: CommandLine,
  { env }: CliIo,
): Promise<JudgingOptions> {
  const spec = line.text("spec");
  return {
    document: spec === undefined ? undefined : await loadDocument(spec),
    isStrict: line.flag("strict"),
    only: line.ids("only"),
    skip: line.ids("skip"),
    require: line.ids("require")?.map(readRequirement),
    operationIds: line.ids("operation"),
    ignoredFormats: line.ids("ignore-format"),
    maxLatencyMs: line.durationMs("max-latency"),
    apiKey: line.text("api-key") ?? env[keyVariables.own],
  };
}
