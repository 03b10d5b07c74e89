import { ResponseError, type ResponseErrorDetails } from "./response-error.ts";
import type { ValidationIssue } from "./validation-issue.ts";

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
