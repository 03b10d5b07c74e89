import { createRedactor as createKeyRedactor } from "@qontext/sync-log-redact";
import { isSyncLogError } from "../errors/guards.ts";
import {
  rebuildError,
  type SyncLogError,
  type SyncLogErrorDetails,
} from "../errors/sync-log-error.ts";

/**
 * Takes the last known keys, however they are encoded, out of what leaves the client; never throws.
 * Declared here because the package that does it is built into this one, without its types.
 */
export interface Redactor {
  /** Makes a key known. */
  readonly add: (key: string) => void;
  readonly text: (text: string) => string;
  /** A copy of a value, its shape unchanged. */
  readonly value: <Value>(value: Value) => Value;
  /** The cause itself where no key is in it; a copy elsewhere. */
  readonly cause: <Cause>(cause: Cause) => Cause;
}

/** The same in every copy of this package, so that a client of another copy has it, too. */
export const withoutKeys: unique symbol = Symbol.for("@qontext/sync-log-client/redact");

/** Like {@link withoutKeys}. */
export const keyDigest: unique symbol = Symbol.for("@qontext/sync-log-client/key-digest");

/** What has keys, and can take them out of values. */
export interface KeyHolder {
  /**
   * Internal: what a function makes of the key that the next request carries, to tell keys apart
   * without knowing them. Rejects where there is no key to be had; once `signal` aborts, the next request asks anew.
   */
  readonly [keyDigest]?: (digest: (key: string) => string, signal: AbortSignal) => Promise<string>;
  /** Internal: {@link Redactor.cause} with the client's keys. */
  readonly [withoutKeys]?: Redactor["cause"];
}

/** Creates a redactor that knows no key yet. */
export const createRedactor: () => Redactor = createKeyRedactor;

/**
 * A copy of an error with more details, and without the key in any part, as far as an error is of this package: an error never
 * changes once it is built, and all waits on a stream meet that of a poll. Its stack is that of the call of this function.
 */
export function ownError(
  error: SyncLogError,
  redactor: Redactor,
  details: SyncLogErrorDetails,
): SyncLogError {
  const { cause } = error;
  const parts: SyncLogErrorDetails = Object.assign({}, error);
  return rebuildError(error, redactor.text(error.message), {
    ...redactor.value(parts),
    ...details,
    cause: isSyncLogError(cause) ? ownError(cause, redactor, {}) : redactor.cause(cause),
  });
}

/** What a check of the caller's own words gives: the name of an option or a header may have the key in it. */
export function redactThrown<Result>(redactor: Redactor, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw isSyncLogError(error) ? ownError(error, redactor, {}) : error;
  }
}
