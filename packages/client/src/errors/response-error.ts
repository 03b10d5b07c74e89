import { SyncLogError, type SyncLogErrorDetails } from "./sync-log-error.ts";

/** What an error about a response carries. */
export interface ResponseErrorDetails extends SyncLogErrorDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An error about a response that was received. */
export abstract class ResponseError extends SyncLogError {
  declare readonly status: number;
  /** The response's headers. */
  readonly headers: Headers;
  /**
   * The response's body: parsed JSON, or the text (of a success its beginning) where it is not JSON;
   * null where it is empty or was not read.
   */
  readonly body: unknown;

  constructor(message: string, details: ResponseErrorDetails) {
    super(message, details);
    this.headers = details.headers;
    this.body = details.body;
  }
}
