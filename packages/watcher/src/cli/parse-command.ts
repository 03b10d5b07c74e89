import type { ParseArgsConfig } from "node:util";
import {
  parseDuration,
  parseWholeNumber,
  readArguments,
  UsageError,
} from "@qontext/sync-log-command-line";
import type { RateLimit } from "../rate-limit.ts";
import { type WatchStage, watchStages } from "../watch/watch-status.ts";
import type { WatchTarget } from "../watch/watch-target.ts";

/** What a command line asks for. */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "version" }
  | ({ readonly name: "work" } & WorkOptions & EngineSettings)
  | ({
      readonly name: "add";
      readonly target: WatchTarget;
      readonly maxWaitMs: number | undefined;
      readonly metadata: string | undefined;
    } & EngineSettings)
  | ({ readonly name: "status" | "cancel"; readonly target: WatchTarget } & EngineSettings)
  | ({ readonly name: "list"; readonly stage: WatchStage | undefined } & EngineSettings)
  | ({ readonly name: "redrive"; readonly target: WatchTarget | undefined } & EngineSettings)
  | ({ readonly name: "resume" } & EngineSettings);

/** Where the watches are stored. */
export interface EngineSettings {
  readonly redisUrl: string;
  readonly prefix: string | undefined;
}

/** Options of `work`. */
export interface WorkOptions {
  readonly rateLimit: RateLimit | undefined;
  readonly concurrency: number | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookSecret: string | undefined;
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  readonly minIntervalMs: number | undefined;
  readonly maxIntervalMs: number | undefined;
  readonly notFoundGraceMs: number | undefined;
  readonly maxFailingMs: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const valuesByCommand: Readonly<Record<string, readonly string[]>> = {
  work: [
    "rate",
    "concurrency",
    "webhook",
    "webhook-secret-env",
    "metrics-port",
    "metrics-host",
    "min-interval",
    "max-interval",
    "not-found-grace",
    "max-failing",
  ],
  add: ["max-wait", "metadata"],
  status: [],
  cancel: [],
  list: ["stage"],
  redrive: [],
  resume: [],
};

type ReadOption = <Value>(
  name: string,
  parse: (text: string, option: string) => Value,
) => Value | undefined;

const asText = (text: string): string => text;

function read(
  name: string,
  args: readonly string[],
): { readonly option: ReadOption; readonly positionals: readonly string[] } {
  const names = valuesByCommand[name];
  if (names === undefined) {
    const known = Object.keys(valuesByCommand).join(", ");
    throw new UsageError(`Unknown command "${name}"; the commands are ${known}.`);
  }
  const options: ParseArgsConfig["options"] = Object.fromEntries(
    ["redis", "prefix", ...names].map((option) => [option, { type: "string" }]),
  );
  const { values, positionals } = readArguments({
    args: [...args],
    options,
    allowPositionals: true,
  });
  return {
    positionals,
    option: (option, parse) => {
      const text = values[option];
      return typeof text === "string" ? parse(text, `--${option}`) : undefined;
    },
  };
}

function targetOf(name: string, positionals: readonly string[]): WatchTarget {
  const [workspaceId, id, ...more] = positionals;
  if (workspaceId === undefined || id === undefined || more.length > 0) {
    throw new UsageError(`${name} takes a workspace id and a sync log id: ${name} ws_… sync_…`);
  }
  return { workspaceId, id };
}

function webhookSecret(
  url: string | undefined,
  variable: string | undefined,
  environment: Environment,
): string | undefined {
  if (url === undefined && variable === undefined) return undefined;
  if (url === undefined || variable === undefined) {
    throw new UsageError("--webhook and --webhook-secret-env need each other.");
  }
  const secret = environment[variable];
  if (secret === undefined || secret === "") {
    throw new UsageError(
      `The environment variable ${variable} is empty. It must hold the secret of the webhook.`,
    );
  }
  return secret;
}

/** `50/s`, `1000/m`, `200/10s`. */
function parseRate(text: string, option: string): RateLimit {
  const [, max, per = ""] = /^([1-9]\d*)\/(.+)$/u.exec(text) ?? [];
  if (max === undefined) {
    throw new UsageError(`${option} takes polls per time, such as 50/s or 1000/m, not "${text}".`);
  }
  return {
    max: Number(max),
    perMs: parseDuration(/^\d/u.test(per) ? per : `1${per}`, `The time of ${option}`, 1),
  };
}

function parseStage(text: string, option: string): WatchStage {
  const stage = watchStages.find((one) => one === text);
  if (stage !== undefined) return stage;
  throw new UsageError(`${option} must be one of ${watchStages.join(", ")}.`);
}

function workOptions(option: ReadOption, environment: Environment): WorkOptions {
  const webhookUrl = option("webhook", asText);
  return {
    rateLimit: option("rate", parseRate),
    concurrency: option("concurrency", parseWholeNumber),
    webhookUrl,
    webhookSecret: webhookSecret(webhookUrl, option("webhook-secret-env", asText), environment),
    metricsPort: option("metrics-port", parseWholeNumber),
    metricsHost: option("metrics-host", asText) ?? "127.0.0.1",
    minIntervalMs: option("min-interval", parseDuration),
    maxIntervalMs: option("max-interval", parseDuration),
    notFoundGraceMs: option("not-found-grace", parseDuration),
    maxFailingMs: option("max-failing", parseDuration),
  };
}

/** Reads a command line; throws a {@link UsageError} that says what is wrong with it. */
export function parseCommand(args: readonly string[], environment: Environment): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || args.includes("--help")) return { name: "help" };
  if (name === "--version") return { name: "version" };
  const { option, positionals } = read(name, rest);
  const engine: EngineSettings = {
    redisUrl: option("redis", asText) ?? environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
    prefix: option("prefix", asText),
  };
  if (name === "status" || name === "cancel") {
    return { name, ...engine, target: targetOf(name, positionals) };
  }
  if (name === "add") {
    const maxWaitMs = option("max-wait", parseDuration);
    const target = targetOf(name, positionals);
    return { name, ...engine, target, maxWaitMs, metadata: option("metadata", asText) };
  }
  if (name === "redrive" && positionals.length > 0) {
    return { name, ...engine, target: targetOf(name, positionals) };
  }
  if (positionals.length > 0) throw new UsageError(`${name} takes no "${positionals.join(" ")}".`);
  if (name === "redrive") return { name, ...engine, target: undefined };
  if (name === "list") return { name, ...engine, stage: option("stage", parseStage) };
  if (name === "resume") return { name, ...engine };
  return { name: "work", ...engine, ...workOptions(option, environment) };
}
