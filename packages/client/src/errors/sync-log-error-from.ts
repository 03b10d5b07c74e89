import { copyHeaders } from "../transport/copy-headers.ts";
import { isSyncLogError } from "./guards.ts";
import {
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
  RequestTimeoutError,
  WaitTimeoutError,
} from "./request-errors.ts";
import {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  ResponseFormatError,
  ResponseValidationError,
  ServerError,
  SyncLogApiError,
} from "./response-errors.ts";
import type { SyncLogError } from "./sync-log-error.ts";

type ErrorClass = new (message: string, details: never) => SyncLogError;

/** By name. */
const errorClasses: Readonly<Record<string, ErrorClass>> = {
  AuthenticationError,
  BadRequestError,
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  RequestTimeoutError,
  ResponseFormatError,
  ResponseValidationError,
  ServerError,
  SyncLogApiError,
  WaitTimeoutError,
};

/**
 * The error that `toJSON` was called of, when it comes from a log or from another thread or process:
 * of the same class, with the same properties, causes and stack, so that the `is…` functions know it.
 * An error of the package is given back as it is.
 *
 * Undefined for everything else. What comes from people you don't trust has to be checked before: the
 * properties are taken as they are.
 */
export function syncLogErrorFrom(json: unknown): SyncLogError | undefined {
  if (isSyncLogError(json)) return json;
  if (!isObject(json)) return undefined;
  const { name, code, message, stack, cause, headers, ...details } = json;
  if (typeof name !== "string" || typeof message !== "string") return undefined;
  const ErrorClass = Object.hasOwn(errorClasses, name) && errorClasses[name];
  if (!ErrorClass) return undefined;
  if (isObject(headers)) details["headers"] = copyHeaders(Object.entries(headers));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `toJSON` gave
  const error = new ErrorClass(message, { ...details, cause: causeFrom(cause) } as never);
  return error.code === code ? withStack(error, stack) : undefined;
}

/** The cause as an error, where it was one. */
function causeFrom(json: unknown): unknown {
  const own = syncLogErrorFrom(json);
  if (own !== undefined || !isObject(json) || typeof json["message"] !== "string")
    return own ?? json;
  const { name, code, message, stack, cause } = json;
  const error = new Error(message, cause === undefined ? undefined : { cause: causeFrom(cause) });
  Object.assign(
    error,
    name === "Error" ? undefined : { name },
    code === undefined ? undefined : { code },
  );
  return withStack(error, stack);
}

function withStack<Thrown extends Error>(error: Thrown, stack: unknown): Thrown {
  if (typeof stack === "string") error.stack = stack;
  return error;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
