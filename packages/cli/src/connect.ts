import { createSyncLogClient } from "@qontext/sync-log-client";
import type { SyncLogClient } from "@qontext/sync-log-client";
import { apiKeyOf } from "./api-key.ts";
import type { CommandIo } from "./command-io.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import { MissingKeyError } from "./missing-key-error.ts";

const ignore = (): void => {};

/** A client as the options ask for it; throws a {@link MissingKeyError} without a key. */
export function connect(
  options: ConnectionOptions,
  env: CommandIo["env"],
  onTrouble: (message: string, code: unknown) => void = ignore,
): SyncLogClient {
  const apiKey = apiKeyOf(options, env);
  if (apiKey === undefined) throw new MissingKeyError();
  return createSyncLogClient({
    apiKey,
    baseUrl: options.baseUrl ?? env["QONTEXT_BASE_URL"],
    timeoutMs: options.timeout,
    logger: {
      debug: ignore,
      info: ignore,
      warn: (message, { code }) => onTrouble(message, code),
      error: (message, { code }) => onTrouble(message, code),
    },
  });
}
