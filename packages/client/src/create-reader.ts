import type { SyncLogClientOptions } from "./client-options.ts";
import type { SyncLogMethods } from "./generated/methods.ts";
import { requests } from "./generated/requests.ts";
import { createAnswerMethods, dataMethods, type AnswerMethod } from "./named-methods.ts";
import { resolveOptions } from "./resolve-options.ts";
import type { Transport } from "./transport/transport.ts";
import { createCheckAnswer, type CheckAnswer } from "./validation.ts";

/** The parts that a client is made of. */
export interface ClientCore {
  readonly transport: Transport;
  readonly methods: ReadonlyMap<string, AnswerMethod>;
  /** What the option `validate` does with a sync log. */
  readonly checkSyncLog: CheckAnswer | undefined;
}

/** Makes the parts from the options. @throws InvalidParameterError */
export function createCore(options: SyncLogClientOptions): ClientCore {
  const transport = resolveOptions(options);
  const { validate } = options;
  const checkSyncLog = validate && createCheckAnswer(validate, transport);
  const checks = checkSyncLog && { getSyncLog: checkSyncLog };
  return { transport, methods: createAnswerMethods(requests, transport, checks), checkSyncLog };
}

/**
 * Creates a client with the methods of the OpenAPI document and nothing else: where every byte
 * counts, it leaves waiting and openapi-fetch out of a bundle.
 *
 * @throws InvalidParameterError when an option can't be used: most often, when there is no API key.
 */
export function createSyncLogReader(options: SyncLogClientOptions = {}): SyncLogMethods {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the methods are made from the document that the interface was made from
  return dataMethods(createCore(options).methods) as unknown as SyncLogMethods;
}
