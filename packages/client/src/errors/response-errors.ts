import type { ValidationIssue } from "../validation.ts";
import { SyncLogError, type SyncLogErrorDetails } from "./sync-log-error.ts";

/** What an answer that can't be used carries. */
export interface ResponseErrorDetails extends SyncLogErrorDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

abstract class ResponseError extends SyncLogError {
  /** The response's status. */
  readonly status: number;
  /** The response's headers. */
  readonly headers: Headers;
  /** The response's body: parsed JSON, or the beginning of the text; null where it was not read. */
  readonly body: unknown;

  constructor(message: string, details: ResponseErrorDetails) {
    super(message, details);
    this.status = details.status;
    this.headers = details.headers;
    this.body = details.body;
  }
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

/** The server answered with success, and a body that is not JSON or is larger than allowed. */
export class ResponseFormatError extends ResponseError {
  override readonly name = "ResponseFormatError";
  override readonly code = "response_format";
  /** `malformed`: not JSON, and worth another attempt. `too-large`: above `maxResponseBytes`. */
  readonly reason: "malformed" | "too-large";

  constructor(message: string, details: ResponseFormatErrorDetails) {
    super(message, details);
    this.reason = details.reason;
  }
}

/** Details of a {@link ResponseValidationError}. */
export interface ResponseValidationErrorDetails extends ResponseErrorDetails {
  readonly issues: readonly ValidationIssue[];
}

/** The server answered with success, and a body that breaks the schema. */
export class ResponseValidationError extends ResponseError {
  override readonly name = "ResponseValidationError";
  override readonly code = "response_invalid";
  /** What is wrong with the body. */
  readonly issues: readonly ValidationIssue[];

  constructor(message: string, details: ResponseValidationErrorDetails) {
    super(message, details);
    this.issues = details.issues;
  }
}
