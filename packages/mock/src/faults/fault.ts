/** `Retry-After` in any of its forms: seconds, a moment, a moment relative to the answer, or text sent as it is. */
export type RetryAfter = number | string | Date | { readonly dateInMs: number };

/** A response with another status. */
export interface StatusFault {
  readonly kind: "status";
  /** 200 to 599. */
  readonly status: number;
  readonly retryAfter?: RetryAfter;
  /** Milliseconds, sent as `retry-after-ms`. */
  readonly retryAfterMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON value to send instead of the document's own body; text is sent as it is. */
  readonly body?: unknown;
}

/** Something that goes wrong with a response. */
export type Fault =
  | StatusFault
  /** Delays the response by `delayMs`, and by up to `jitterMs` more. */
  | { readonly kind: "latency"; readonly delayMs: number; readonly jitterMs?: number }
  /** Sends nothing, or half of the body, and keeps the connection open. */
  | { readonly kind: "stall"; readonly at: "header" | "body" }
  /** Sends the body in pieces. */
  | { readonly kind: "drip"; readonly everyMs: number; readonly chunkBytes?: number }
  /** Resets the connection before the response, or inside the body. */
  | { readonly kind: "reset"; readonly at: "header" | "body" }
  /** Cuts the JSON in the middle: `json` with a length that fits, `wire` by closing the connection before the declared length. */
  | { readonly kind: "truncate"; readonly at?: "json" | "wire" }
  /** Sends a body that is not JSON. */
  | { readonly kind: "malformed-json" }
  /** Sends another content type, with the same or another body. */
  | { readonly kind: "content-type"; readonly contentType: string; readonly body?: string }
  /** Redirects the client. */
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** Declares `Content-Encoding: gzip` for a body that is not compressed. */
  | { readonly kind: "bad-gzip" }
  /** Pads the body with white space to this size; its length is declared unless `isLengthHidden`. */
  | { readonly kind: "oversize"; readonly bytes: number; readonly isLengthHidden?: boolean }
  /** Serves `up` requests, then fails `down` requests, and so on. */
  | {
      readonly kind: "flapping";
      readonly up: number;
      readonly down: number;
      /** @default 503 */
      readonly status?: number;
    }
  /** Leaves the one that it is added to out of lists. */
  | { readonly kind: "unlisted" }
  /** Ends a list after so many items. */
  | { readonly kind: "capped-list"; readonly items: number }
  /** Sends a list again until it is this old, as a cache would: nothing that has happened since is in it. */
  | { readonly kind: "stale-list"; readonly maxAgeMs: number };

/** Names of all kinds of faults. */
export type FaultKind = Fault["kind"];

/** Whether a fault changes what a list shows, so that only requests of lists meet it. */
export function isAboutLists({ kind }: Fault): boolean {
  return kind === "unlisted" || kind === "capped-list" || kind === "stale-list";
}

/** When a fault happens. By default, with every request until it is removed. */
export interface FaultWhen {
  /**
   * Happens to the requests of one operation, by its operationId.
   *
   * @default all requests; for a fault that one alone has, those that read it
   */
  readonly operation?: string;
  /** Happens at most this many times. */
  readonly times?: number;
  /** Lets this many requests through first. */
  readonly after?: number;
  /** Happens with this probability, 0 to 1; the same requests every time for the same seed. */
  readonly probability?: number;
  /** Whether a sequence of faults starts again at its end. @default false */
  readonly repeat?: boolean;
  /** Allows a body that breaks the document's schema for this status. @default false */
  readonly unchecked?: boolean;
}

/** A fault, or a sequence of which each request takes the next; `null` leaves a request alone. */
export type FaultPlan = Fault | readonly (Fault | null)[];

/** A fault that has been added. */
export interface FaultHandle {
  readonly id: string;
  /** How often it has happened. */
  readonly hits: number;
  remove(): void;
}
