import { createHmac, timingSafeEqual } from "node:crypto";
import { WatcherOptionError, WebhookVerificationError } from "../errors.ts";
import { readStoredOutcome } from "../watch/stored-watch.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

/** The outcome's idempotency key. */
export const idHeader = "webhook-id";

/** The time of sending, in whole seconds since 1970. */
export const timestampHeader = "webhook-timestamp";

/** For each secret `v1,` and the signature in Base64, with spaces between. */
export const signatureHeader = "webhook-signature";

const secretPattern = /^whsec_([A-Za-z\d+/]+={0,2})$/u;
const minSecretBytes = 24;
const maxSecretBytes = 64;

/** The bytes of valid secrets; throws a {@link WatcherOptionError} for any other value. */
function keysOf(secret: string | readonly string[]): Buffer[] {
  const keys = [secret].flat().map((one: unknown) => {
    const [, text = ""] = secretPattern.exec(String(one)) ?? [];
    return Buffer.from(text, "base64");
  });
  const isValid = ({ length }: Buffer): boolean =>
    length >= minSecretBytes && length <= maxSecretBytes;
  if (keys.length > 0 && keys.every(isValid)) return keys;
  throw new WatcherOptionError(
    `A webhook's secret must be whsec_ and ${minSecretBytes} to ${maxSecretBytes} bytes in Base64: ` +
      'echo "whsec_$(openssl rand -base64 32)" makes one.',
  );
}

/** What {@link signWebhook} signs. */
export interface WebhookContent {
  /** The value of `webhook-id`. */
  readonly id: string;
  /** The value of `webhook-timestamp`. */
  readonly timestamp: string;
  readonly body: string | Uint8Array;
}

/**
 * The value of `webhook-signature` by the convention of Standard Webhooks: HMAC-SHA-256 of the id, the
 * timestamp and the body, with dots between.
 *
 * @param secret - Of several, as while one is replaced, each signs.
 * @throws WatcherOptionError for what is no secret of the convention
 * @see https://www.standardwebhooks.com
 */
export function signWebhook(
  secret: string | readonly string[],
  { id, timestamp, body }: WebhookContent,
): string {
  const signatures = keysOf(secret).map((key) =>
    createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64"),
  );
  return signatures.map((signature) => `v1,${signature}`).join(" ");
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
 * @throws WatcherOptionError for an invalid secret or `toleranceMs`: that is the receiver's own fault
 */
export function verifyWebhook(input: VerifyWebhookInput): WatchOutcome {
  const { secret, headers, body, toleranceMs = 600_000, nowMs = Date.now() } = input;
  if (!(toleranceMs >= 0)) throw new WatcherOptionError("toleranceMs must be 0 or more.");
  const id = readHeader(headers, idHeader);
  const timestamp = readHeader(headers, timestampHeader);
  const sent = readHeader(headers, signatureHeader).split(" ");
  const valid = signWebhook(secret, { id, timestamp, body }).split(" ");
  if (id === "" || !/^\d{1,12}$/u.test(timestamp)) {
    throw new WebhookVerificationError(
      `The request has no valid ${idHeader} or ${timestampHeader}: it is not a webhook of the watcher.`,
    );
  }
  // All are compared, so that the time taken does not reveal which one matches.
  const matches = valid.flatMap((one) => sent.map((other) => isSame(one, other)));
  if (!matches.includes(true)) {
    throw new WebhookVerificationError(
      "The signature does not match. Check that the secret is the same and the body is as received.",
    );
  }
  if (!(Math.abs(nowMs - Number(timestamp) * 1000) <= toleranceMs)) {
    throw new WebhookVerificationError(
      "The webhook is too old, or the clocks of the two machines differ too much.",
    );
  }
  try {
    return readStoredOutcome(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch (cause) {
    throw new WebhookVerificationError("The webhook is signed, but carries no outcome.", { cause });
  }
}
