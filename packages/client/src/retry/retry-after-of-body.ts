/** Found in every copy of this package. */
const key: unique symbol = Symbol.for("@qontext/sync-log-client/retry-after-ms");

/**
 * Keeps with the body of a success how long its server asked to wait, for polls that read through
 * the public methods, which give the body alone. It is not enumerable: neither `JSON.stringify` nor
 * a spread nor a comparison sees it.
 */
export function keepRetryAfter(body: object, retryAfterMs: number): void {
  Object.defineProperty(body, key, { value: retryAfterMs });
}

/** How long the server asked to wait with this body, in milliseconds; null where it did not. */
export function retryAfterOfBody(body: object): number | null {
  const kept: unknown = Reflect.get(body, key);
  return typeof kept === "number" ? kept : null;
}
