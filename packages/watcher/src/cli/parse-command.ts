import {
  parseDuration,
  parseWholeNumber,
  readArguments,
  UsageError,
} from "@qontext/sync-log-command-line";
import type { RateLimit } from "../rate-limit.ts";
import type { JsonValue } from "../watch/watch-state.ts";
import { type WatchStage, watchStages } from "../watch/watch-status.ts";
import type { WatchTarget } from "../watch/watch-target.ts";

/** The options of all commands; those that were not given are undefined. */
export interface Options {
  readonly redisUrl: string;
  readonly prefix?: string | undefined;
  readonly rateLimit?: RateLimit | undefined;
  readonly concurrency?: number | undefined;
  readonly webhookUrl?: string | undefined;
  readonly webhookSecret?: string | undefined;
  readonly deliveryAttempts?: number | undefined;
  readonly deliveryMaxDelayMs?: number | undefined;
  readonly metricsPort?: number | undefined;
  readonly metricsHost?: string | undefined;
  readonly minIntervalMs?: number | undefined;
  readonly maxIntervalMs?: number | undefined;
  readonly notFoundGraceMs?: number | undefined;
  readonly maxFailingMs?: number | undefined;
  readonly probeEveryMs?: number | undefined;
  readonly deliveryTimeoutMs?: number | undefined;
  readonly maxWaitMs?: number | undefined;
  readonly metadata?: JsonValue | undefined;
  readonly stage?: WatchStage | undefined;
  readonly workspaceId?: string | undefined;
  readonly limit?: number | undefined;
  readonly keyFile?: string | undefined;
  readonly keysFolder?: string | undefined;
}

/** What a command line asks for. */
export type Command = { readonly name: "help" } | { readonly name: "version" } | EngineCommand;

/** A command that uses the engine. */
export type EngineCommand =
  | ({ readonly name: "work" | "list" | "resume" } & Options)
  | ({ readonly name: "status"; readonly target: WatchTarget } & Options)
  /** A watch that cannot be read may be given by its key. */
  | ({ readonly name: "cancel"; readonly target: WatchTarget | string } & Options)
  /** Without a target, `add` reads them from standard input. */
  | ({ readonly name: "add" | "redrive"; readonly target: WatchTarget | undefined } & Options);

type Environment = Readonly<Record<string, string | undefined>>;

/** The flag of each option, and how its value is read. */
type OptionTable = {
  readonly [Name in keyof Options]?: readonly [
    flag: string,
    parse: (text: string, flag: string) => Options[Name],
  ];
};

const asText = (text: string): string => text;

/** `50/s`, `1000/m`, `200/10s`. */
function parseRate(text: string, flag: string): RateLimit {
  const [, max, per = ""] = /^([1-9]\d*)\/(.+)$/u.exec(text) ?? [];
  if (max === undefined) {
    throw new UsageError(`${flag} takes polls per time, such as 50/s or 1000/m, not "${text}".`);
  }
  const perMs = parseDuration(/^\d/u.test(per) ? per : `1${per}`, `The time of ${flag}`, 1);
  return { max: Number(max), perMs };
}

function parseStage(text: string, flag: string): WatchStage {
  const stage = watchStages.find((one) => one === text);
  if (stage !== undefined) return stage;
  throw new UsageError(`${flag} must be one of ${watchStages.join(", ")}.`);
}

function parseMetadata(text: string, flag: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new UsageError(`${flag} must be JSON.`, { cause });
  }
}

const engineOptions: OptionTable = { redisUrl: ["redis", asText], prefix: ["prefix", asText] };

const optionsByCommand: Readonly<Record<string, OptionTable>> = {
  work: {
    rateLimit: ["rate", parseRate],
    concurrency: ["concurrency", parseWholeNumber],
    webhookUrl: ["webhook", asText],
    // The name of a variable; parseCommand replaces it by the value.
    webhookSecret: ["webhook-secret-env", asText],
    keyFile: ["key-file", asText],
    keysFolder: ["keys-folder", asText],
    metricsPort: ["metrics-port", parseWholeNumber],
    metricsHost: ["metrics-host", asText],
    minIntervalMs: ["min-interval", parseDuration],
    maxIntervalMs: ["max-interval", parseDuration],
    notFoundGraceMs: ["not-found-grace", parseDuration],
    maxFailingMs: ["max-failing", parseDuration],
    probeEveryMs: ["probe-every", parseDuration],
    deliveryTimeoutMs: ["delivery-timeout", parseDuration],
    deliveryAttempts: ["delivery-attempts", parseWholeNumber],
    deliveryMaxDelayMs: ["delivery-max-delay", parseDuration],
  },
  add: { maxWaitMs: ["max-wait", parseDuration], metadata: ["metadata", parseMetadata] },
  status: {},
  cancel: {},
  list: {
    stage: ["stage", parseStage],
    workspaceId: ["workspace", asText],
    limit: ["limit", parseWholeNumber],
  },
  redrive: {},
  resume: {},
};

function readOptions(
  name: string,
  args: readonly string[],
): { readonly given: Partial<Options>; readonly positionals: readonly string[] } {
  const own = Object.hasOwn(optionsByCommand, name) ? optionsByCommand[name] : undefined;
  if (own === undefined) {
    const known = Object.keys(optionsByCommand).join(", ");
    throw new UsageError(`Unknown command "${name}"; the commands are ${known}.`);
  }
  const table = Object.entries({ ...engineOptions, ...own });
  const { values, positionals } = readArguments({
    args: [...args],
    options: Object.fromEntries(table.map(([, [flag]]) => [flag, { type: "string" } as const])),
    allowPositionals: true,
  });
  const given = table.flatMap(([option, [flag, parse]]) => {
    const text = values[flag];
    return typeof text === "string" ? [[option, parse(text, `--${flag}`)] as const] : [];
  });
  return { given: Object.fromEntries(given), positionals };
}

function targetOf(name: string, positionals: readonly string[]): WatchTarget {
  const [workspaceId, id, ...more] = positionals;
  if (workspaceId === undefined || id === undefined || more.length > 0) {
    throw new UsageError(`${name} takes a workspace id and a sync log id: ${name} ws_… sync_…`);
  }
  return { workspaceId, id };
}

function readSecret(
  url: string | undefined,
  variable: string | undefined,
  environment: Environment,
): string | undefined {
  if ((url === undefined) !== (variable === undefined)) {
    throw new UsageError("--webhook and --webhook-secret-env need each other.");
  }
  if (variable === undefined) return undefined;
  const secret = environment[variable] ?? "";
  if (secret !== "") return secret;
  throw new UsageError(
    `The environment variable ${variable} is empty. It must contain the secret of the webhook.`,
  );
}

/** Reads a command line; throws a {@link UsageError} that says what is wrong with it. */
export function parseCommand(args: readonly string[], environment: Environment): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || args.includes("--help")) return { name: "help" };
  if (name === "--version") return { name: "version" };
  const { given, positionals } = readOptions(name, rest);
  const {
    redisUrl = environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
    webhookUrl,
    webhookSecret: variable,
  } = given;
  const webhookSecret = readSecret(webhookUrl, variable, environment);
  if (given.keyFile !== undefined && given.keysFolder !== undefined) {
    throw new UsageError("--key-file and --keys-folder exclude each other.");
  }
  const options: Options = { ...given, redisUrl, webhookSecret };
  if (name === "cancel" && positionals.length === 1) {
    return { name, ...options, target: positionals.join("") };
  }
  if (name === "status" || name === "cancel") {
    return { name, ...options, target: targetOf(name, positionals) };
  }
  if (name === "add" || name === "redrive") {
    const target = positionals.length === 0 ? undefined : targetOf(name, positionals);
    return { name, ...options, target };
  }
  if (positionals.length > 0) throw new UsageError(`${name} takes no "${positionals.join(" ")}".`);
  if (name === "list" || name === "resume") return { name, ...options };
  return { name: "work", metricsHost: "127.0.0.1", ...options };
}
