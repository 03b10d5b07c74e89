import { checkNumber } from "./check-number.ts";
import { createCoalesce, type Coalesce } from "./coalesce.ts";
import { compileOperation, type OperationParameters } from "./compile-operation.ts";
import type { OperationTable } from "./operation.ts";
import { requestKey } from "./request-key.ts";
import type { RequestOptions } from "./request-options.ts";
import { resolveRetryPolicy } from "./retry/retry-options.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import { send } from "./transport/send.ts";
import type { Answer, CallLimits, OutgoingRequest, Transport } from "./transport/transport.ts";
import type { CheckAnswer } from "./validation.ts";

/** A method that resolves to the whole answer of an operation. Throws at once for bad parameters. */
export type AnswerMethod = (
  parameters: OperationParameters,
  options?: RequestOptions,
) => Promise<Answer>;

/**
 * For each operation of the table a method, named as its operationId.
 *
 * @param checks - What looks at the answers of an operation, by its operationId.
 */
export function createAnswerMethods(
  table: OperationTable,
  transport: Transport,
  checks: Readonly<Record<string, CheckAnswer>> = {},
): Map<string, AnswerMethod> {
  const methods = new Map<string, AnswerMethod>();
  const coalesce = createCoalesce();
  for (const [operationId, operation] of Object.entries(table)) {
    const prepare = compileOperation(operation, transport.baseUrl, checks[operationId]);
    methods.set(operationId, (parameters, options) =>
      sendWithOptions(transport, coalesce, prepare(parameters), options),
    );
  }
  return methods;
}

const noLimits: CallLimits = {};

function sendWithOptions(
  transport: Transport,
  coalesce: Coalesce,
  request: OutgoingRequest,
  options: RequestOptions | undefined,
): Promise<Answer> {
  const key = request.method === "GET" ? requestKey(request.url, options) : undefined;
  if (options === undefined) {
    return coalesce(key, (call) => send(transport, request, noLimits, call), undefined);
  }
  const limits = {
    timeoutMs: checkNumber("timeoutMs", options.timeoutMs, 1),
    deadlineMs: checkNumber("deadlineMs", options.deadlineMs, 1),
    retry: resolveRetryPolicy(options.retry, transport.retry),
  };
  const headers = { ...request.headers, ...normalizeHeaders(options.headers) };
  const sent = { ...request, headers };
  return coalesce(key, (call) => send(transport, sent, limits, call), options.signal);
}

/** The methods as callers know them, which resolve to the body. */
export function dataMethods(
  methods: ReadonlyMap<string, AnswerMethod>,
): Record<string, (parameters: OperationParameters, options?: RequestOptions) => Promise<unknown>> {
  return Object.fromEntries(
    [...methods].map(([operationId, method]) => [
      operationId,
      async (parameters, options) => (await method(parameters, options)).data,
    ]),
  );
}
