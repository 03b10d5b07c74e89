import { checkOptions } from "./check-options.ts";
import { type RequestOptions, requestRules } from "./request-options.ts";
import { redactThrown } from "./secrets/redactor.ts";
import { send } from "./transport/send.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport/transport.ts";

/**
 * Sends the request of an operation, for the generated methods.
 *
 * Rejects with a `SyncLogError`, with the reason of `signal`, or with what a hook threw.
 */
export function callOperation<Data>(
  transport: Transport,
  request: OutgoingRequest,
  options?: RequestOptions,
): Promise<Answer<Data>> {
  if (options !== undefined) {
    redactThrown(transport.redactor, () => checkOptions(options, requestRules));
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body is what the document says; `validate` checks it
  return send(transport, request, options) as Promise<Answer<Data>>;
}
