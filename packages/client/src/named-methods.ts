import { checkNumber } from "./check-number.ts";
import { createCoalesce, type Coalesce } from "./coalesce.ts";
import { unwrapHookFailure } from "./hooks.ts";
import { requestKey } from "./request-key.ts";
import type { RequestOptions } from "./request-options.ts";
import { resolveRetryPolicy } from "./retry/retry-options.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import type { Answer, CallLimits, OutgoingRequest, Transport } from "./transport/transport.ts";
import type { CheckAnswer } from "./validation.ts";

/** The parameters of a call in one object: path, query and header parameters, and the `body`. */
export type OperationParameters = Readonly<Record<string, unknown>>;

/** What each operation sends, by its operationId: the generated `requests` are one. */
export type RequestTable = Readonly<
  Record<string, (baseUrl: string, parameters: never) => OutgoingRequest>
>;

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
  table: RequestTable,
  transport: Transport,
  checks: Readonly<Record<string, CheckAnswer>> = {},
): Map<string, AnswerMethod> {
  const methods = new Map<string, AnswerMethod>();
  const coalesce = createCoalesce(transport);
  for (const [operationId, toRequest] of Object.entries(table)) {
    const check = checks[operationId];
    methods.set(operationId, (parameters, options) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what each asks for is for the generated interface to say
      const request = toRequest(transport.baseUrl, parameters as never);
      return sendWithOptions(transport, coalesce, check ? { ...request, check } : request, options);
    });
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
  const isShared = request.method === "GET";
  if (options === undefined) {
    return coalesce(isShared ? request.url : undefined, request, noLimits, undefined);
  }
  const limits = {
    timeoutMs: checkNumber("timeoutMs", options.timeoutMs, 1),
    deadlineMs: checkNumber("deadlineMs", options.deadlineMs, 1),
    retry: resolveRetryPolicy(options.retry, transport.retry),
  };
  // Once: an iterator gives its headers only once.
  const given = options.headers && normalizeHeaders(options.headers);
  const key = isShared ? requestKey(request.url, { ...options, headers: given }) : undefined;
  const headers = { ...request.headers, ...given };
  return coalesce(key, { ...request, headers }, limits, options.signal);
}

/** The methods as callers know them, which resolve to the body, and reject for bad parameters. */
export function dataMethods(
  methods: ReadonlyMap<string, AnswerMethod>,
): Record<string, (parameters: OperationParameters, options?: RequestOptions) => Promise<unknown>> {
  return Object.fromEntries(
    [...methods].map(([operationId, method]) => [
      operationId,
      (parameters, options) => {
        try {
          return method(parameters, options).then(dataOf, rejectUnwrapped);
        } catch (error) {
          return Promise.reject(error);
        }
      },
    ]),
  );
}

const dataOf = (answer: Answer): unknown => answer.data;

function rejectUnwrapped(error: unknown): never {
  throw unwrapHookFailure(error);
}
