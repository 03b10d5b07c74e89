import type { SyncLog } from "@qontext/sync-log-schema";
import type { SyncLogObservation } from "../wait/observation.ts";

/** Marks every error of this package, in every realm and every copy of it. */
export const errorBrand: unique symbol = Symbol.for("@qontext/sync-log-client/error");

/** One request that was sent for a call. */
export interface Attempt {
  /** The response's status; null where there was none. */
  readonly status: number | null;
  /** The code of the error that the attempt ended with; null for a success. */
  readonly code: string | null;
  /** How long the client waited before it sent this request, in milliseconds. */
  readonly delayMs: number;
  /** How long the request took, in milliseconds. */
  readonly durationMs: number;
  /** The response's `x-request-id`. */
  readonly requestId: string | null;
  /** The `correlationId` of the response's body, or its `x-correlation-id`. */
  readonly correlationId: string | null;
}

/** Details of an error; each becomes the property of its name. */
export interface SyncLogErrorDetails {
  readonly cause?: unknown;
  readonly status?: number | null;
  readonly retryAfterMs?: number | null;
  readonly attempts?: readonly Attempt[];
  readonly correlationId?: string | null;
  readonly lastSyncLog?: SyncLog | null;
  readonly history?: readonly SyncLogObservation[];
}

/** An error as JSON: its properties, its message, its stack, and what caused it in the same way. */
export interface SyncLogErrorJson {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

/**
 * The base class of every error of this package. Tell them apart by `code`, by `name`, or by the `is…`
 * functions, which work where `instanceof` does not: across realms and across two installed copies.
 *
 * `docs/guides/errors.md` has an entry for each code.
 */
export abstract class SyncLogError<
  Details extends SyncLogErrorDetails = SyncLogErrorDetails,
> extends Error {
  abstract override readonly name: string;
  /** Stable; made for programs. */
  abstract readonly code: string;
  /** The response's status; null where there was no response. */
  declare readonly status: number | null;
  /** How long the server asked to wait before the next request, in milliseconds; null where it did not. */
  declare readonly retryAfterMs: number | null;
  /** Every request that was sent for this call, in order; of a wait, those of its last poll if it failed. */
  declare readonly attempts: readonly Attempt[];
  /** For tracing across services: of the sync log or of the error's body; null where unknown. */
  declare readonly correlationId: string | null;
  /** In a wait: the sync log as it was last seen; null where it never was. */
  declare readonly lastSyncLog: SyncLog | null;
  /** In a wait: what was seen, oldest first. */
  declare readonly history: readonly SyncLogObservation[];

  constructor(message: string, details: Details) {
    const { cause, ...known } = details;
    super(message, cause === undefined ? undefined : { cause });
    const defaults: SyncLogErrorDetails = {
      status: null,
      retryAfterMs: null,
      attempts: [],
      correlationId: null,
      lastSyncLog: null,
      history: [],
    };
    Object.assign(this, defaults, known);
    // For loggers that copy an error's properties: the JSON of a `Headers` is empty.
    const headers: unknown = Reflect.get(this, "headers");
    if (headers instanceof Headers) {
      const value = (): unknown => Object.fromEntries(headers);
      Object.defineProperty(headers, "toJSON", { value, configurable: true });
    }
  }

  /**
   * The error for a log, or for another thread or process, where `syncLogErrorFrom` makes an error of it
   * again: neither JSON nor a structured clone of the error itself keeps its message or its properties.
   */
  toJSON(): SyncLogErrorJson {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what each error of the package has
    return toJson(this, 0) as SyncLogErrorJson;
  }
}

/** So many causes of causes are kept: they may go round in a circle. */
const maxCauses = 8;

/** Anything that was thrown, as JSON: of an error of others what every error has. */
function toJson(thrown: unknown, depth: number): unknown {
  if (typeof thrown !== "object" || thrown === null) return isPlain(thrown) ? thrown : undefined;
  const json: Record<string, unknown> = {};
  for (const name of ["name", "code", "message", "stack"]) {
    const value: unknown = Reflect.get(thrown, name);
    if (isPlain(value)) json[name] = value;
  }
  if (thrown instanceof SyncLogError) {
    Object.assign(json, thrown);
    const { headers } = json;
    if (headers instanceof Headers) json["headers"] = Object.fromEntries(headers);
  }
  if (depth < maxCauses) json["cause"] = toJson(Reflect.get(thrown, "cause"), depth + 1);
  return json;
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

// On the prototype, so that it is not shown with each error.
Object.defineProperty(SyncLogError.prototype, errorBrand, { value: true });

/**
 * The same error with another message and more details: an error never changes once it is built. Its
 * stack is that of the call of this function.
 */
export function rebuildError(
  error: SyncLogError,
  message: string,
  details: SyncLogErrorDetails,
): SyncLogError {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class of this package is built from a message and the details that it has as properties
  const ErrorClass = error.constructor as new (
    message: string,
    details: SyncLogErrorDetails,
  ) => SyncLogError;
  return new ErrorClass(message, Object.assign({}, error, details));
}
