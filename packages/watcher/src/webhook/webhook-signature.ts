import { createHmac, timingSafeEqual } from "node:crypto";
import { WatcherOptionError, WebhookVerificationError } from "../errors.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";

/** The time of sending, in whole seconds since 1970. */
export const timestampHeader = "x-sync-log-timestamp";

/** `v1=` and 64 hexadecimal digits. */
export const signatureHeader = "x-sync-log-signature";

/** The outcome's idempotency key. */
export const idempotencyHeader = "idempotency-key";

const minSecretLength = 16;

/** Returns a valid secret; throws a {@link WatcherOptionError} for any other value. */
export function checkSecret(secret: unknown): string {
  if (typeof secret === "string" && secret.length >= minSecretLength) return secret;
  throw new WatcherOptionError(
    `A webhook's secret must be a string of at least ${minSecretLength} characters; ` +
      "use, for example, 32 random bytes in hexadecimal.",
  );
}

/**
 * The signature of a webhook: `v1=` and the hexadecimal HMAC-SHA-256, with the secret as its key, of
 * the value of the timestamp header, a dot and the body.
 *
 * @throws WatcherOptionError for a secret of less than 16 characters
 */
export function signWebhook(secret: string, timestamp: string, body: string | Uint8Array): string {
  const hmac = createHmac("sha256", checkSecret(secret)).update(`${timestamp}.`).update(body);
  return `v1=${hmac.digest("hex")}`;
}

/** The parts of a request that {@link verifyWebhook} needs. */
export interface VerifyWebhookInput {
  /** The shared secret, or the old and the new one while it is being replaced. */
  readonly secret: string | readonly string[];
  /** The headers of the request: those of `node:http`, a `Headers` object, or a plain object. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body of the request as received, not parsed. */
  readonly body: string | Uint8Array;
  /**
   * The largest difference between the timestamp and this machine's date, in milliseconds: twice the
   * five minutes by which the clocks of the two machines may differ.
   *
   * @default 600000 (ten minutes)
   */
  readonly toleranceMs?: number;
  /** This machine's date, in milliseconds since 1970. @default Date.now() */
  readonly nowMs?: number;
}

function readHeader(headers: VerifyWebhookInput["headers"], name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? "";
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  const value = entry?.[1];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function isSame(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left);
  const rightBytes = Buffer.from(right);
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/**
 * Checks that a webhook was signed with the secret, is unchanged and recent, and returns its outcome.
 * A webhook may arrive more than once, with the same `idempotencyKey`.
 *
 * @throws WebhookVerificationError for a webhook that is not authentic or too old: respond with 400
 */
export function verifyWebhook(input: VerifyWebhookInput): WatchOutcome {
  const { secret, headers, body, toleranceMs = 600_000, nowMs = Date.now() } = input;
  const timestamp = readHeader(headers, timestampHeader);
  const signature = readHeader(headers, signatureHeader);
  if (!/^\d{1,12}$/u.test(timestamp) || signature === "") {
    throw new WebhookVerificationError(
      `The request has no valid ${timestampHeader} or ${signatureHeader}: it is not a webhook of the watcher.`,
    );
  }
  const secrets = typeof secret === "string" ? [secret] : secret;
  // All secrets are tried, so that the time taken does not reveal which one matches.
  const matches = secrets.map((one) => isSame(signWebhook(one, timestamp, body), signature));
  if (!matches.includes(true)) {
    throw new WebhookVerificationError(
      "The signature does not match. Check that the secret is the same and the body is as received.",
    );
  }
  if (Math.abs(nowMs - Number(timestamp) * 1000) > toleranceMs) {
    throw new WebhookVerificationError(
      "The webhook is too old, or the clocks of the two machines differ too much.",
    );
  }
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  // Signed, and so written by createWebhookSender.
  const outcome: WatchOutcome = JSON.parse(text);
  return outcome;
}
