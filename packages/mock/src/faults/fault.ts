import type { JsonValue } from "../spec/json.ts";

/** `Retry-After` in any of its forms: seconds, a moment, a moment relative to the answer, or text sent as it is. */
export type RetryAfter = number | string | Date | { readonly dateInMs: number };

/** An answer with another status. */
export interface StatusFault {
  readonly kind: "status";
  /** 200 to 599. */
  readonly status: number;
  readonly retryAfter?: RetryAfter;
  /** Milliseconds, sent as `retry-after-ms`. */
  readonly retryAfterMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body instead of the document's own; text is sent as it is. */
  readonly body?: JsonValue;
}

/** Something that goes wrong with an answer. */
export type Fault =
  | StatusFault
  /** Waits before the answer, as long as told, and up to `jitterMs` longer. */
  | { readonly kind: "latency"; readonly delayMs: number; readonly jitterMs?: number }
  /** Sends nothing, or half of the body, and then nothing more, while the connection stays open. */
  | { readonly kind: "stall"; readonly at: "header" | "body" }
  /** Sends the body in pieces. */
  | { readonly kind: "drip"; readonly everyMs: number; readonly chunkBytes?: number }
  /** Resets the connection before the answer, or inside the body. */
  | { readonly kind: "reset"; readonly at: "header" | "body" }
  /** Cuts the JSON in the middle: `json` with a length that fits, `wire` by closing the connection before the declared length. */
  | { readonly kind: "truncate"; readonly at?: "json" | "wire" }
  /** Sends a body that is not JSON. */
  | { readonly kind: "malformed-json" }
  /** Sends another content type, with the same body or another one. */
  | { readonly kind: "content-type"; readonly contentType: string; readonly body?: string }
  /** Sends the client elsewhere. */
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** Says `Content-Encoding: gzip` of a body that is not. */
  | { readonly kind: "bad-gzip" }
  /** Pads the body with white space to this size; without `isLengthHidden` its length is declared. */
  | { readonly kind: "oversize"; readonly bytes: number; readonly isLengthHidden?: boolean }
  /** Answers `up` requests, then fails `down` requests, and so on. */
  | {
      readonly kind: "flapping";
      readonly up: number;
      readonly down: number;
      /** @default 503 */
      readonly status?: number;
    };

/** Names of all kinds of faults. */
export type FaultKind = Fault["kind"];

/** When a fault happens. Without any of these it happens with every request until it is removed. */
export interface FaultWhen {
  /** Happens this many times. */
  readonly times?: number;
  /** Lets this many requests through first. */
  readonly after?: number;
  /** Happens with this probability, 0 to 1, by the seed of the mock. */
  readonly probability?: number;
  /** A sequence of faults starts anew at its end. */
  readonly repeat?: boolean;
  /**
   * Sends a body that breaks the document's schema for this status.
   *
   * @default false
   */
  readonly unchecked?: boolean;
}

/** A fault, or a sequence of which each request takes the next; `null` is a request that nothing happens to. */
export type FaultPlan = Fault | readonly (Fault | null)[];

/** A fault that was set up. */
export interface FaultHandle {
  readonly id: string;
  /** How often it has happened. */
  readonly hits: number;
  remove(): void;
}
