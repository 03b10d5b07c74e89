import { ResponseError } from "./response-error.ts";

/** The server answered with an error status. The classes below it name the usual ones. */
export class SyncLogApiError extends ResponseError {
  override readonly name: string = "SyncLogApiError";
  override readonly code: string = "api_error";
}

/** 400: the server refused the parameters. */
export class BadRequestError extends SyncLogApiError {
  override readonly name = "BadRequestError";
  override readonly code = "bad_request";
}

/** 401: the server did not accept the API key. */
export class AuthenticationError extends SyncLogApiError {
  override readonly name = "AuthenticationError";
  override readonly code = "authentication_failed";
}

/** 403: the API key is valid, but not for this. */
export class PermissionDeniedError extends SyncLogApiError {
  override readonly name = "PermissionDeniedError";
  override readonly code = "permission_denied";
}

/** 404: there is no such sync log, or it belongs to another workspace. */
export class NotFoundError extends SyncLogApiError {
  override readonly name = "NotFoundError";
  override readonly code = "not_found";
}

/** 429: too many requests; `retryAfterMs` says when the next one is welcome. */
export class RateLimitError extends SyncLogApiError {
  override readonly name = "RateLimitError";
  override readonly code = "rate_limited";
}

/** 5xx: the server failed. */
export class ServerError extends SyncLogApiError {
  override readonly name = "ServerError";
  override readonly code = "server_error";
}
