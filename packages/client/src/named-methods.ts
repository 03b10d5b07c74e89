import { createCoalesce, type Coalesce } from "./coalesce.ts";
import { compileOperation, type OperationParameters } from "./compile-operation.ts";
import type { OperationTable } from "./operation.ts";
import { requestKey } from "./request-key.ts";
import type { RequestOptions } from "./request-options.ts";
import { resolveRetryPolicy } from "./retry/retry-options.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import { send } from "./transport/send.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport/transport.ts";
import type { CheckAnswer } from "./validation.ts";

/** A method that resolves to the whole answer of an operation. */
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
    methods.set(operationId, async (parameters, options = {}) =>
      sendWithOptions(transport, coalesce, prepare(parameters), options),
    );
  }
  return methods;
}

function sendWithOptions(
  transport: Transport,
  coalesce: Coalesce,
  request: OutgoingRequest,
  options: RequestOptions,
): Promise<Answer> {
  const { timeoutMs, deadlineMs } = options;
  const headers = normalizeHeaders(options.headers);
  const limits = {
    timeoutMs,
    deadlineMs,
    retry: resolveRetryPolicy(options.retry, transport.retry),
  };
  const sent = { ...request, headers: { ...request.headers, ...headers } };
  const key = request.method === "GET" ? requestKey(request.url, options) : undefined;
  return coalesce(key, (call) => send(transport, sent, limits, call), options.signal);
}

/** The methods as callers know them, which resolve to the body. */
export function dataMethods(
  methods: ReadonlyMap<string, AnswerMethod>,
): Record<string, (parameters: OperationParameters, options?: RequestOptions) => Promise<unknown>> {
  return Object.fromEntries(
    [...methods].map(([operationId, method]) => [
      operationId,
      (parameters, options) => method(parameters, options).then(({ data }) => data),
    ]),
  );
}
