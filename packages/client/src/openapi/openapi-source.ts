import type { SyncLogApiError } from "../errors/response-errors.ts";
import type { RequestOptions } from "../request-options.ts";
import type { Answer, OutgoingRequest } from "../transport/transport.ts";

/** The same in every copy of this package: `./openapi` is a file of its own. */
export const openapiSource: unique symbol = Symbol.for("@qontext/sync-log-client/openapi");

/** What openapi-fetch needs of a client. */
export interface OpenapiSource {
  readonly baseUrl: string;
  readonly encodePathParameter: (name: string, value: unknown) => string;
  /** Sends a request; the error is that of an error status. Rejects with all others. */
  readonly send: (
    request: OutgoingRequest,
    options: RequestOptions,
  ) => Promise<Answer | SyncLogApiError>;
}

/** A client that openapi-fetch can be put on. */
export interface OpenapiSourceHolder {
  /** Internal: for `createOpenapiClient`. */
  readonly [openapiSource]: OpenapiSource;
}
