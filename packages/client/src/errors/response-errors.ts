import { SyncLogError, type SyncLogErrorDetails } from "./sync-log-error.ts";

/** What an error about a response carries. */
export interface ResponseErrorDetails extends SyncLogErrorDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An error about a response that was received. */
export abstract class ResponseError<
  Details extends ResponseErrorDetails = ResponseErrorDetails,
> extends SyncLogError<Details> {
  declare readonly status: number;
  /** The response's headers. */
  declare readonly headers: Headers;
  /**
   * The response's body: parsed JSON, or the text (of a success its beginning) where it is not JSON;
   * null where it is empty or was not read. Of more than 100,000 characters it is the beginning, as a text.
   */
  declare readonly body: unknown;
}

/** The server answered with a redirect. Following it could hand the API key to another server. */
export class RedirectError extends ResponseError {
  override readonly name = "RedirectError";
  override readonly code = "redirect_refused";
}

/** Details of a {@link ResponseFormatError}. */
export interface ResponseFormatErrorDetails extends ResponseErrorDetails {
  readonly reason: "malformed" | "too-large";
}

/**
 * The server answered with success, and a body that is not JSON, is not what was asked for, or is
 * larger than allowed.
 */
export class ResponseFormatError extends ResponseError<ResponseFormatErrorDetails> {
  override readonly name = "ResponseFormatError";
  override readonly code = "response_format";
  /** `malformed`: not JSON, or without the id that was asked for; worth another attempt. `too-large`: above `maxResponseBytes`. */
  declare readonly reason: "malformed" | "too-large";
}

/** One thing that a validator found, as a Standard Schema reports it. */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
  /** The keyword of JSON Schema that does not hold, where the validator says it. */
  readonly keyword?: string | undefined;
}

/** Details of a {@link ResponseValidationError}. */
export interface ResponseValidationErrorDetails extends ResponseErrorDetails {
  readonly issues: readonly ValidationIssue[];
}

/** The server answered with success, and a body that breaks the schema. */
export class ResponseValidationError extends ResponseError<ResponseValidationErrorDetails> {
  override readonly name = "ResponseValidationError";
  override readonly code = "response_invalid";
  /** What is wrong with the body. */
  declare readonly issues: readonly ValidationIssue[];
}

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
