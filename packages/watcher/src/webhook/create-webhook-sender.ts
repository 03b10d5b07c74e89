import { WatcherOptionError, WebhookDeliveryError } from "../errors.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { DeliveryContext } from "../watcher-options.ts";
import {
  checkSecret,
  idempotencyHeader,
  signatureHeader,
  signWebhook,
  timestampHeader,
} from "./webhook-signature.ts";

/** Options of {@link createWebhookSender}. */
export interface WebhookOptions {
  /** The receiver: `https://`, or `http://` on this machine. */
  readonly url: string;
  /** Shared with the receiver and never sent; at least 16 characters. */
  readonly secret: string;
  /** How long the receiver may take to respond, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Sends the request. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "https:") return url;
  if (url?.protocol === "http:" && loopbackHosts.has(url.hostname)) return url;
  throw new WatcherOptionError(
    "The webhook's URL must begin with https:// (http:// only for this machine).",
  );
}

/**
 * Creates an `onOutcome` that posts each outcome as signed JSON, and throws unless the response has a
 * 2xx status, so that the outcome is delivered again. `verifyWebhook` is its counterpart.
 *
 * @throws WatcherOptionError for an invalid URL or secret
 */
export function createWebhookSender(
  options: WebhookOptions,
): (outcome: WatchOutcome, context: DeliveryContext) => Promise<void> {
  const url = checkUrl(options.url);
  const secret = checkSecret(options.secret);
  const { timeoutMs = 10_000, fetch = globalThis.fetch } = options;

  return async (outcome, { signal }) => {
    const body = JSON.stringify(outcome);
    const timestamp = String(Math.floor(Date.now() / 1000));
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          "content-type": "application/json",
          [timestampHeader]: timestamp,
          [signatureHeader]: signWebhook(secret, timestamp, body),
          [idempotencyHeader]: outcome.idempotencyKey,
        },
        body,
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new WebhookDeliveryError(`${url.host} could not be reached within ${timeoutMs} ms.`, {
        cause,
      });
    }
    // An unread body keeps its connection busy.
    await response.body?.cancel();
    if (!response.ok) {
      throw new WebhookDeliveryError(`${url.host} responded with status ${response.status}.`);
    }
  };
}
