import type { OpenApiDocument } from "../spec/load-document.ts";

/** How a provider is verified. */
export interface VerifyOptions {
  /** Where the provider is, with the path that its operations are below, if any. */
  readonly baseUrl: string;
  /** Id of the workspace that the sync logs are in. The same as `params.workspaceId`. */
  readonly workspace?: string;
  /** Ids of sync logs that exist; logs in different states show more. The same as `params.id`. */
  readonly syncLogs?: readonly string[];
  /** Values for the parameters of the operations, by name; several values of one parameter are several resources. */
  readonly params?: Readonly<Record<string, string | readonly string[]>>;
  /** Needed where the operations ask for a credential. Appears in no report. */
  readonly apiKey?: string;
  /** A second tenant's workspace, sync log and key, for the access matrix. */
  readonly otherWorkspace?: string;
  readonly otherSyncLog?: string;
  readonly otherApiKey?: string;
  /** How long logs that are not terminal are polled, in seconds. @default 0 */
  readonly watchSeconds?: number;
  /** An OpenAPI 3.0 or 3.1 document. @default that of the sync-log endpoint */
  readonly document?: OpenApiDocument;
  /** Judge only these operations, by operationId. @default all that are read with GET */
  readonly operationIds?: readonly string[];
  /** Formats of the document that are not asserted. @default none */
  readonly ignoredFormats?: readonly string[];
  /** Makes errors of warnings. @default false */
  readonly isStrict?: boolean;
  /** Ids of checks or cases, or families of them. @default all */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** What is random is the same for the same seed. @default 1 */
  readonly seed?: number;
  /** Planned and random requests in all; polls of `watchSeconds` come on top. @default 250 */
  readonly maxRequests?: number;
  /** For one exchange, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Above this, in milliseconds, a response is too slow. @default not judged */
  readonly maxLatencyMs?: number;
  /**
   * Whether POST, PUT, PATCH and DELETE may be sent to resources that exist; else they go to one that does not. @default true where
   * the provider is on the loopback interface
   */
  readonly mayTouchData?: boolean;
}
