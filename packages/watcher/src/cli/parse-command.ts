import { parseArgs, type ParseArgsConfig } from "node:util";
import { WatcherOptionError } from "../errors.ts";
import type { RateLimit } from "../rate-limit.ts";
import { type WatchStage, watchStages } from "../watch/watch-status.ts";
import type { WatchTarget } from "../watch/watch-target.ts";
import { parseDuration, parseRate, parseWholeNumber } from "./parse-values.ts";

/** What `sync-log-watcher` was asked to do. */
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

/** Where the watches are. */
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
}

type Environment = Readonly<Record<string, string | undefined>>;
type Options = NonNullable<ParseArgsConfig["options"]>;

const engineOptions: Options = {
  redis: { type: "string" },
  prefix: { type: "string" },
};

const optionsByCommand: Readonly<Record<string, Options>> = {
  work: {
    rate: { type: "string" },
    concurrency: { type: "string" },
    webhook: { type: "string" },
    "webhook-secret-env": { type: "string" },
    "metrics-port": { type: "string" },
    "metrics-host": { type: "string" },
    "min-interval": { type: "string" },
    "max-interval": { type: "string" },
    "not-found-grace": { type: "string" },
  },
  add: { "max-wait": { type: "string" }, metadata: { type: "string" } },
  status: {},
  cancel: {},
  list: { stage: { type: "string" } },
  redrive: {},
  resume: {},
};

interface Parsed {
  readonly text: (name: string) => string | undefined;
  readonly positionals: readonly string[];
}

function parse(name: string, args: readonly string[]): Parsed {
  const options = optionsByCommand[name];
  if (options === undefined) {
    throw new WatcherOptionError(
      `There is no command "${name}"; there are ${Object.keys(optionsByCommand).join(", ")}.`,
    );
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...engineOptions, ...options },
      allowPositionals: true,
    });
    const text = (option: string): string | undefined => {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    };
    return { text, positionals };
  } catch (cause) {
    throw new WatcherOptionError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function targetOf(name: string, positionals: readonly string[]): WatchTarget {
  const [workspaceId, id, ...more] = positionals;
  if (workspaceId === undefined || id === undefined || more.length > 0) {
    throw new WatcherOptionError(
      `${name} takes a workspace id and a sync log id: ${name} ws_… sync_…`,
    );
  }
  return { workspaceId, id };
}

function noPositionals(name: string, positionals: readonly string[]): void {
  if (positionals.length > 0) {
    throw new WatcherOptionError(`${name} takes no "${positionals.join(" ")}".`);
  }
}

function webhookSecret(
  url: string | undefined,
  variable: string | undefined,
  environment: Environment,
): string | undefined {
  if (url === undefined && variable === undefined) return undefined;
  if (url === undefined || variable === undefined) {
    throw new WatcherOptionError("--webhook and --webhook-secret-env need each other.");
  }
  const secret = environment[variable];
  if (secret === undefined || secret === "") {
    throw new WatcherOptionError(
      `The environment variable ${variable} is empty. It must hold the webhook's secret.`,
    );
  }
  return secret;
}

function workOptions({ text }: Parsed, environment: Environment): WorkOptions {
  const optional = <Value>(
    name: string,
    parseValue: (name: string, value: string) => Value,
  ): Value | undefined => {
    const value = text(name);
    return value === undefined ? undefined : parseValue(`--${name}`, value);
  };
  return {
    rateLimit: optional("rate", parseRate),
    concurrency: optional("concurrency", parseWholeNumber),
    webhookUrl: text("webhook"),
    webhookSecret: webhookSecret(text("webhook"), text("webhook-secret-env"), environment),
    metricsPort: optional("metrics-port", parseWholeNumber),
    metricsHost: text("metrics-host") ?? "127.0.0.1",
    minIntervalMs: optional("min-interval", parseDuration),
    maxIntervalMs: optional("max-interval", parseDuration),
    notFoundGraceMs: optional("not-found-grace", parseDuration),
  };
}

function stageOf(text: string | undefined): WatchStage | undefined {
  const stage = watchStages.find((one) => one === text);
  if (text !== undefined && stage === undefined) {
    throw new WatcherOptionError(`--stage must be one of ${watchStages.join(", ")}.`);
  }
  return stage;
}

/** Reads the command line; throws a {@link WatcherOptionError} that says what is wrong with it. */
export function parseCommand(args: readonly string[], environment: Environment): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || args.includes("--help")) return { name: "help" };
  if (name === "--version") return { name: "version" };
  const parsed = parse(name, rest);
  const { text, positionals } = parsed;
  const engine: EngineSettings = {
    redisUrl: text("redis") ?? environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
    prefix: text("prefix"),
  };
  if (name === "status" || name === "cancel") {
    return { name, ...engine, target: targetOf(name, positionals) };
  }
  if (name === "add") {
    const maxWait = text("max-wait");
    const maxWaitMs = maxWait === undefined ? undefined : parseDuration("--max-wait", maxWait);
    const target = targetOf(name, positionals);
    return { name, ...engine, target, maxWaitMs, metadata: text("metadata") };
  }
  if (name === "redrive" && positionals.length > 0) {
    return { name, ...engine, target: targetOf(name, positionals) };
  }
  noPositionals(name, positionals);
  if (name === "redrive") return { name, ...engine, target: undefined };
  if (name === "list") return { name, ...engine, stage: stageOf(text("stage")) };
  if (name === "resume") return { name, ...engine };
  return { name: "work", ...engine, ...workOptions(parsed, environment) };
}
