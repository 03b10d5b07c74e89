import type {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  SyncLogApiError,
} from "./api-errors.ts";
import type {
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  RequestTimeoutError,
} from "./request-errors.ts";
import type {
  RedirectError,
  ResponseFormatError,
  ResponseValidationError,
} from "./response-errors.ts";
import { errorBrand, type SyncLogError } from "./sync-log-error.ts";
import type { WaitTimeoutError } from "./wait-timeout-error.ts";

/** Whether a value is an error of this package, of any copy and from any realm. */
export function isSyncLogError(value: unknown): value is SyncLogError {
  return typeof value === "object" && value !== null && errorBrand in value;
}

const hasCode = (value: unknown, code: string): boolean =>
  isSyncLogError(value) && value.code === code;

/** The codes of the classes of {@link SyncLogApiError}. */
const apiErrorCodes: ReadonlySet<string> = new Set([
  "api_error",
  "bad_request",
  "authentication_failed",
  "permission_denied",
  "not_found",
  "rate_limited",
  "server_error",
]);

/** Whether the server answered with an error status: any of the classes of {@link SyncLogApiError}. */
export function isSyncLogApiError(value: unknown): value is SyncLogApiError {
  return isSyncLogError(value) && apiErrorCodes.has(value.code);
}

/** Whether this is a {@link BadRequestError} (400). */
export function isBadRequestError(value: unknown): value is BadRequestError {
  return hasCode(value, "bad_request");
}

/** Whether this is an {@link AuthenticationError} (401). */
export function isAuthenticationError(value: unknown): value is AuthenticationError {
  return hasCode(value, "authentication_failed");
}

/** Whether this is a {@link PermissionDeniedError} (403). */
export function isPermissionDeniedError(value: unknown): value is PermissionDeniedError {
  return hasCode(value, "permission_denied");
}

/** Whether this is a {@link NotFoundError} (404). */
export function isNotFoundError(value: unknown): value is NotFoundError {
  return hasCode(value, "not_found");
}

/** Whether this is a {@link RateLimitError} (429). */
export function isRateLimitError(value: unknown): value is RateLimitError {
  return hasCode(value, "rate_limited");
}

/** Whether this is a {@link ServerError} (5xx). */
export function isServerError(value: unknown): value is ServerError {
  return hasCode(value, "server_error");
}

/** Whether this is a {@link ConnectionError}. */
export function isConnectionError(value: unknown): value is ConnectionError {
  return hasCode(value, "connection_failed");
}

/** Whether this is a {@link RequestTimeoutError}. */
export function isRequestTimeoutError(value: unknown): value is RequestTimeoutError {
  return hasCode(value, "request_timeout");
}

/** Whether this is a {@link DeadlineExceededError}. */
export function isDeadlineExceededError(value: unknown): value is DeadlineExceededError {
  return hasCode(value, "deadline_exceeded");
}

/** Whether this is a {@link RedirectError}. */
export function isRedirectError(value: unknown): value is RedirectError {
  return hasCode(value, "redirect_refused");
}

/** Whether this is a {@link ResponseFormatError}. */
export function isResponseFormatError(value: unknown): value is ResponseFormatError {
  return hasCode(value, "response_format");
}

/** Whether this is a {@link ResponseValidationError}. */
export function isResponseValidationError(value: unknown): value is ResponseValidationError {
  return hasCode(value, "response_invalid");
}

/** Whether this is an {@link InvalidParameterError}. */
export function isInvalidParameterError(value: unknown): value is InvalidParameterError {
  return hasCode(value, "invalid_parameter");
}

/** Whether this is a {@link WaitTimeoutError}. */
export function isWaitTimeoutError(value: unknown): value is WaitTimeoutError {
  return hasCode(value, "wait_timeout");
}
