import type { CommandIo } from "./command-io.ts";
import type { ConnectionOptions } from "./connection-options.ts";

/** The key to use: the option's, or the environment's. */
export function apiKeyOf(
  { apiKey }: Pick<ConnectionOptions, "apiKey">,
  env: CommandIo["env"],
): string | undefined {
  const key = apiKey ?? env["QONTEXT_API_KEY"];
  return key === undefined || key.trim() === "" ? undefined : key.trim();
}
