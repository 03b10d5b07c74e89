import { timingSafeEqual } from "node:crypto";
import { WebhookVerificationError } from "../errors.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import { signatureHeader, signWebhook, timestampHeader } from "./sign-webhook.ts";

/** What {@link verifyWebhook} needs of a request. */
export interface VerifyWebhookInput {
  /** The shared secret; while it is being changed, the old and the new one. */
  readonly secret: string | readonly string[];
  /** The request's headers: of `node:http`, a `Headers` object, or a plain object. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The request's body as it came, before anything parsed it. */
  readonly body: string | Uint8Array;
  /**
   * How far the timestamp may be from this machine's date, in milliseconds. Twice the five minutes
   * by which the two machines' clocks may disagree.
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
 * Checks that a webhook comes from whoever knows the secret, unchanged and of late, and returns its
 * outcome. A webhook may come more than once: `idempotencyKey` tells.
 *
 * @throws WebhookVerificationError when it is not authentic or too old: answer 400
 */
export function verifyWebhook(input: VerifyWebhookInput): WatchOutcome {
  const { secret, headers, body, toleranceMs = 600_000, nowMs = Date.now() } = input;
  const timestamp = readHeader(headers, timestampHeader);
  const signature = readHeader(headers, signatureHeader);
  if (!/^\d{1,12}$/u.test(timestamp) || signature === "") {
    throw new WebhookVerificationError(
      `The request lacks ${timestampHeader} or ${signatureHeader}: it is not one of these webhooks.`,
    );
  }
  const secrets = typeof secret === "string" ? [secret] : secret;
  // Every secret is tried, so that the time it takes does not tell which one fits.
  const fits = secrets.map((one) => isSame(signWebhook(one, timestamp, body), signature));
  if (!fits.includes(true)) {
    throw new WebhookVerificationError(
      "The signature does not fit. Is it the same secret, and the body as it came over the wire?",
    );
  }
  if (Math.abs(nowMs - Number(timestamp) * 1000) > toleranceMs) {
    throw new WebhookVerificationError(
      "The webhook is too old, or the clocks of the two machines disagree too much.",
    );
  }
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  // Whoever signed it wrote it with createWebhookSender.
  const outcome: WatchOutcome = JSON.parse(text);
  return outcome;
}
