import { parseDuration, parseWholeNumber, readArguments } from "@qontext/sync-log-command-line";
import { loadDocument } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { keyVariables } from "../face.ts";
import type { OptionTypes } from "./read-config.ts";
import { readConfig, readEnvironment, readTextFile } from "./read-config.ts";
import type { JudgingOptions, Requirement, RunOptions } from "../run/run-options.ts";
import { requirements } from "../run/run-options.ts";

/** The values of a command line. */
export interface CommandLine {
  /** As it was written. */
  readonly argv: readonly string[];
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
 * Reads a command line, and what it leaves open from the environment, then from the file of `--config`.
 *
 * @throws UsageError for an unknown option or an invalid value.
 */
export async function readCommandLine(
  argv: readonly string[],
  { env }: Pick<CliIo, "env">,
  commandOptions: OptionTypes,
): Promise<CommandLine> {
  const options: OptionTypes = { ...commandOptions, config: { type: "string" } };
  const given = readArguments({ args: [...argv], options, allowPositionals: true });
  const { positionals } = given;
  const fromEnvironment = readEnvironment(env, options);
  const file = given.values["config"] ?? fromEnvironment["config"];
  const fromFile = typeof file === "string" ? await readConfig(file, options) : {};
  const values = { ...fromFile, ...fromEnvironment, ...given.values };
  const list = (name: string): readonly string[] =>
    [values[name] ?? []].flat().filter((value) => typeof value === "string");
  const text = (name: string): string | undefined => list(name).at(-1);
  return {
    argv,
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
  /** Whether what `writeError` writes can be written over. */
  readonly hasLiveErrors: boolean;
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

/** The options of every command that connects to a provider. */
export const connectionOptions: OptionTypes = {
  timeout: { type: "string" },
  ca: { type: "string" },
};

/** Reads the values of {@link connectionOptions}. */
export async function readConnectionOptions(
  line: CommandLine,
): Promise<Pick<RunOptions, "timeoutMs" | "ca">> {
  const ca = line.text("ca");
  return {
    timeoutMs: line.durationMs("timeout", 1),
    ca: ca === undefined ? undefined : await readCertificates(ca),
  };
}

async function readCertificates(file: string): Promise<string> {
  const text = await readTextFile(file, "bad_options");
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new CouldNotJudgeError("bad_options", `--ca ${file} has no certificate in PEM.`);
}

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
