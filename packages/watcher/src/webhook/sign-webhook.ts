import { createHmac } from "node:crypto";
import { WatcherOptionError } from "../errors.ts";

/** When a webhook was sent: whole seconds since 1970. */
export const timestampHeader = "x-sync-log-timestamp";

/** `v1=` and 64 hexadecimal digits. */
export const signatureHeader = "x-sync-log-signature";

/** The outcome's idempotency key. */
export const idempotencyHeader = "idempotency-key";

const minSecretLength = 16;

/** Returns the secret, or throws a {@link WatcherOptionError}. */
export function checkSecret(secret: unknown): string {
  if (typeof secret === "string" && secret.length >= minSecretLength) return secret;
  throw new WatcherOptionError(
    `A webhook's secret must be a string of at least ${minSecretLength} characters; ` +
      "32 random bytes in hexadecimal are a good one.",
  );
}

/**
 * The signature of a webhook: `v1=` and the HMAC-SHA-256, in hexadecimal, of the timestamp header's
 * value, a dot and the body, under the secret.
 *
 * @throws WatcherOptionError when the secret is shorter than 16 characters
 */
export function signWebhook(secret: string, timestamp: string, body: string | Uint8Array): string {
  const hmac = createHmac("sha256", checkSecret(secret)).update(`${timestamp}.`).update(body);
  return `v1=${hmac.digest("hex")}`;
}
