import { createRedactor as createKeyRedactor } from "@qontext/sync-log-redact";

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

/** Creates a redactor that knows no key yet. */
export const createRedactor: () => Redactor = createKeyRedactor;
