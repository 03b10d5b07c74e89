import type { OpenApiDocument } from "@qontext/sync-log-document";

/** What a verdict can be made to depend on. */
export const requirements = ["statuses", "tenants"] as const;
export type Requirement = (typeof requirements)[number];

/** What every way to judge has in common: by which document it judges, and how. */
export interface JudgingOptions {
  /** @default the document that this package is made for */
  readonly document?: OpenApiDocument | undefined;
  /** Judge only these operations, by operationId. @default all that are read with GET */
  readonly operationIds?: readonly string[] | undefined;
  /** Formats of the document that are only hints, and not asserted. @default none */
  readonly ignoredFormats?: readonly string[] | undefined;
  /** Turns warnings into errors. @default false */
  readonly isStrict?: boolean | undefined;
  /** Ids of checks or cases, or families of them. @default all */
  readonly only?: readonly string[] | undefined;
  /** Ids of checks or cases, or families of them. @default none */
  readonly skip?: readonly string[] | undefined;
  /** Above this, in milliseconds, a response is too slow. @default not judged */
  readonly maxLatencyMs?: number | undefined;
  /**
   * What must have been seen for a verdict: all statuses of the lifecycles (`statuses`), the access matrix of two tenants
   * (`tenants`).
   *
   * @default nothing
   */
  readonly require?: readonly Requirement[] | undefined;
  /** Needed where requests are sent to operations that ask for a credential. Appears in no report. */
  readonly apiKey?: string | undefined;
}

/** Values for parameters, by name. */
export type GivenParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How far a run is. */
export interface Progress {
  readonly cases: number;
  readonly plannedCases: number;
  readonly requests: number;
}

/** How a provider is verified. */
export interface RunOptions extends JudgingOptions {
  /** Where the provider is, with the path that its operations are below, if any. */
  readonly baseUrl: string;
  /** Values for the parameters of the operations; several values of one parameter are several resources. */
  readonly params?: GivenParameters | undefined;
  /** The path parameters of a second tenant's resource, for the access matrix. */
  readonly otherParams?: GivenParameters | undefined;
  /** The second tenant's key, for the access matrix. Appears in no report. */
  readonly otherApiKey?: string | undefined;
  /** How long resources that are not terminal are polled, in seconds. @default 0 */
  readonly watchSeconds?: number | undefined;
  /** The same seed gives the same random values. @default 1 */
  readonly seed?: number | undefined;
  /** The most requests for each operation; what confirms a suspicion comes on top. @default 400 */
  readonly maxRequests?: number | undefined;
  /** For one exchange, in milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** How long a provider that is starting is waited for, in milliseconds. @default 0 */
  readonly waitMs?: number | undefined;
  /** For the whole run, in milliseconds; what was not sent by then is not judged. @default no limit */
  readonly maxTimeMs?: number | undefined;
  /** The most requests in a second. @default no limit */
  readonly maxRequestsPerSecond?: number | undefined;
  /** Certificate authorities, in PEM, that are trusted besides those of Node. */
  readonly ca?: string | undefined;
  /** Ends the run early when it is aborted; what was not sent by then is not judged. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each case. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Whether POST, PUT, PATCH and DELETE may be sent to resources that exist; otherwise they go to one that does not.
   *
   * @default true where the provider is on the loopback interface
   */
  readonly mayTouchData?: boolean | undefined;
}
