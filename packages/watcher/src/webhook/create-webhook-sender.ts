import { WatcherOptionError, WebhookDeliveryError } from "../errors.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { DeliveryContext } from "../watcher-options.ts";
import {
  checkSecret,
  idempotencyHeader,
  signatureHeader,
  signWebhook,
  timestampHeader,
} from "./sign-webhook.ts";

/** Options of {@link createWebhookSender}. */
export interface WebhookOptions {
  /** Where to send: `https://`, or `http://` to this machine. */
  readonly url: string;
  /** Known to the receiver too; at least 16 characters. Never sent. */
  readonly secret: string;
  /** How long the receiver may take, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe =
    url?.protocol === "https:" || (url?.protocol === "http:" && loopbackHosts.has(url.hostname));
  if (url === null || !safe) {
    throw new WatcherOptionError(
      "The webhook's URL must begin with https:// (http:// only for this machine).",
    );
  }
  return url;
}

/**
 * An `onOutcome` that posts each outcome as JSON, signed; what is not answered with a 2xx status is
 * thrown, and so delivered again. `verifyWebhook` is its counterpart.
 *
 * @throws WatcherOptionError when the URL or the secret is not usable
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
    // Unread bodies keep their connection busy.
    await response.body?.cancel();
    if (!response.ok) {
      throw new WebhookDeliveryError(`${url.host} answered with status ${response.status}.`);
    }
  };
}
