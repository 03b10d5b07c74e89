import type {
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
  RequestTimeoutError,
  WaitTimeoutError,
} from "./request-errors.ts";
import type {
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
import { errorBrand, type SyncLogError } from "./sync-log-error.ts";

/** Says of a value whether it is such an error, of any copy of this package and from any realm. */
export type ErrorGuard<E extends SyncLogError> = (value: unknown) => value is E;

/** Whether a value is an error of this package, of any copy and from any realm. */
export function isSyncLogError(value: unknown): value is SyncLogError {
  try {
    return errorBrand in Object(value);
  } catch {
    // A revoked Proxy.
    return false;
  }
}

function guardOf<E extends SyncLogError>(...codes: readonly E["code"][]): ErrorGuard<E> {
  return (value): value is E => isSyncLogError(value) && codes.includes(value.code);
}

// The annotation lets a bundler leave out those that are not used.

/** Whether the server answered with an error status: any of the classes of {@link SyncLogApiError}. */
export const isSyncLogApiError: ErrorGuard<SyncLogApiError> = /* @__PURE__ */ guardOf(
  "api_error",
  "bad_request",
  "authentication_failed",
  "permission_denied",
  "not_found",
  "rate_limited",
  "server_error",
);

/** Whether this is a {@link BadRequestError} (400). */
export const isBadRequestError: ErrorGuard<BadRequestError> =
  /* @__PURE__ */ guardOf("bad_request");

/** Whether this is an {@link AuthenticationError} (401). */
export const isAuthenticationError: ErrorGuard<AuthenticationError> =
  /* @__PURE__ */ guardOf("authentication_failed");

/** Whether this is a {@link PermissionDeniedError} (403). */
export const isPermissionDeniedError: ErrorGuard<PermissionDeniedError> =
  /* @__PURE__ */ guardOf("permission_denied");

/** Whether this is a {@link NotFoundError} (404). */
export const isNotFoundError: ErrorGuard<NotFoundError> = /* @__PURE__ */ guardOf("not_found");

/** Whether this is a {@link RateLimitError} (429). */
export const isRateLimitError: ErrorGuard<RateLimitError> = /* @__PURE__ */ guardOf("rate_limited");

/** Whether this is a {@link ServerError} (5xx). */
export const isServerError: ErrorGuard<ServerError> = /* @__PURE__ */ guardOf("server_error");

/** Whether this is a {@link ConnectionError}. */
export const isConnectionError: ErrorGuard<ConnectionError> =
  /* @__PURE__ */ guardOf("connection_failed");

/** Whether this is a {@link RequestTimeoutError}. */
export const isRequestTimeoutError: ErrorGuard<RequestTimeoutError> =
  /* @__PURE__ */ guardOf("request_timeout");

/** Whether this is a {@link DeadlineExceededError}. */
export const isDeadlineExceededError: ErrorGuard<DeadlineExceededError> =
  /* @__PURE__ */ guardOf("deadline_exceeded");

/** Whether this is a {@link RedirectError}. */
export const isRedirectError: ErrorGuard<RedirectError> =
  /* @__PURE__ */ guardOf("redirect_refused");

/** Whether this is a {@link ResponseFormatError}. */
export const isResponseFormatError: ErrorGuard<ResponseFormatError> =
  /* @__PURE__ */ guardOf("response_format");

/** Whether this is a {@link ResponseValidationError}. */
export const isResponseValidationError: ErrorGuard<ResponseValidationError> =
  /* @__PURE__ */ guardOf("response_invalid");

/** Whether this is an {@link InvalidParameterError}. */
export const isInvalidParameterError: ErrorGuard<InvalidParameterError> =
  /* @__PURE__ */ guardOf("invalid_parameter");

/** Whether this is a {@link KeyFunctionError}. */
export const isKeyFunctionError: ErrorGuard<KeyFunctionError> =
  /* @__PURE__ */ guardOf("key_function_failed");

/** Whether this is a {@link WaitTimeoutError}. */
export const isWaitTimeoutError: ErrorGuard<WaitTimeoutError> =
  /* @__PURE__ */ guardOf("wait_timeout");
