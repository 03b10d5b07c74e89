import type { Logger, SyncLogClient } from "@qontext/sync-log-client";
import type { CommandIo, Output } from "./output.ts";

/** The options that every command understands. */
export interface CommonOptions {
  readonly color: boolean;
  readonly apiKey?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The options of every command that calls the service. */
export interface ConnectionOptions extends CommonOptions {
  readonly baseUrl?: string;
  /** For one request, in milliseconds. */
  readonly timeout?: number;
}

/** No API key was given. */
export class MissingKeyError extends Error {
  override readonly name = "MissingKeyError";
  readonly code = "authentication_failed";

  constructor() {
    super("No API key: set QONTEXT_API_KEY or pass --api-key.");
  }
}

/** Words that look like a key, wherever they are: somebody may have typed it in the place of something else. */
const keyForm = /q_sk_[^\s'",]+/gu;
/** What a key is given with, and what it is given with by mistake. */
const keyOption = /^-*api[-_]?key$/iu;

/** Everything in a command line and the environment that may be a key, however the command line is misspelt. */
export function possibleKeys(args: readonly string[], env: CommandIo["env"]): readonly string[] {
  const afterOption = args.filter(
    (arg, index) => !arg.startsWith("-") && keyOption.test(args[index - 1] ?? ""),
  );
  const afterEqualsSign = args.flatMap((arg) => {
    const [name = "", ...value] = arg.split("=");
    return keyOption.test(name) ? [value.join("=")] : [];
  });
  const keys = [
    ...afterOption,
    ...afterEqualsSign,
    ...args.flatMap((arg) => arg.match(keyForm) ?? []),
  ];
  return [...keys, env["QONTEXT_API_KEY"] ?? ""]
    .map((key) => key.trim())
    .filter((key) => key !== "");
}

/** The key to use: from the option or the environment. */
export function apiKeyOf(
  { apiKey }: Pick<ConnectionOptions, "apiKey">,
  env: CommandIo["env"],
): string | undefined {
  const key = apiKey ?? env["QONTEXT_API_KEY"];
  return key === undefined || key.trim() === "" ? undefined : key.trim();
}

const ignore = (): void => {};

/** A client with these options, whose code is loaded only now; throws a {@link MissingKeyError} without a key. */
export async function connect(
  options: ConnectionOptions,
  env: CommandIo["env"],
  onTrouble: (message: string, code?: string) => void,
): Promise<SyncLogClient> {
  const apiKey = apiKeyOf(options, env);
  if (apiKey === undefined) throw new MissingKeyError();
  const { createSyncLogClient } = await import("@qontext/sync-log-client");
  const warn: Logger["warn"] = (message, { code }) =>
    onTrouble(message, typeof code === "string" ? code : undefined);
  return createSyncLogClient({
    apiKey,
    // The client reads QONTEXT_BASE_URL, and says so where that is the one at fault.
    baseUrl: options.baseUrl,
    timeoutMs: options.timeout,
    logger: { debug: ignore, info: ignore, warn, error: warn },
  });
}

/**
 * A client for single calls: it warns while it is made, of a short key, and no more after that, as
 * each call says by itself what became of it. Throws what {@link connect} throws.
 */
export async function connectForCalls(
  options: ConnectionOptions,
  env: CommandIo["env"],
  { note }: Output,
): Promise<SyncLogClient> {
  let isSilent = options.quiet === true;
  const client = await connect(options, env, (message) => {
    if (!isSilent) note([`sync-log: ${message}`]);
  });
  isSilent = true;
  return client;
}
