import type { SyncLogClientOptions } from "./client-options.ts";
import { createMethods, type SyncLogMethods } from "./generated/methods.ts";
import { resolveOptions } from "./resolve-options.ts";

/**
 * Creates a client with the methods of the OpenAPI document and nothing else: where every byte
 * counts, it leaves waiting and openapi-fetch out of a bundle.
 *
 * @throws InvalidParameterError when an option can't be used: most often, when there is no API key.
 */
export function createSyncLogReader(options: SyncLogClientOptions = {}): SyncLogMethods {
  return createMethods(resolveOptions(options));
}
