import { parseRetryAfter } from "@qontext/sync-log-client/wait";
import { WatcherOptionError, WebhookDeliveryError } from "../errors.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { DeliveryContext } from "../watcher-options.ts";
import { idHeader, signatureHeader, signWebhook, timestampHeader } from "./webhook-signature.ts";

/** Options of {@link createWebhookSender}. */
export interface WebhookOptions {
  /** The receiver: `https://`, or `http://` on this machine. */
  readonly url: string;
  /**
   * Shared with the receiver and never sent: `whsec_` and 24 to 64 bytes in Base64. Of several, as while
   * one is replaced, each signs.
   */
  readonly secret: string | readonly string[];
  /** How long the receiver may take to respond, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Sends the request. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  // Fetch refuses these only when an outcome is to be sent.
  if (url !== null && (url.username !== "" || url.password !== "")) {
    throw new WatcherOptionError("The webhook's URL must have no user and no password.");
  }
  if (url?.protocol === "https:") return url;
  if (url?.protocol === "http:" && loopbackHosts.has(url.hostname)) return url;
  throw new WatcherOptionError(
    "The webhook's URL must begin with https:// (http:// only for this machine).",
  );
}

/**
 * Creates an `onOutcome` that posts each outcome as JSON, signed by the convention of Standard Webhooks,
 * and throws unless the response has a 2xx status, so that the outcome is delivered again: not before
 * the response's `Retry-After`, and not at all after 410. `verifyWebhook` is its counterpart.
 *
 * @throws WatcherOptionError for an invalid URL or secret
 */
export function createWebhookSender(
  options: WebhookOptions,
): (outcome: WatchOutcome, context: DeliveryContext) => Promise<void> {
  const url = checkUrl(options.url);
  const { secret } = options;
  signWebhook(secret, { id: "", timestamp: "", body: "" });
  const { timeoutMs = 10_000, fetch = globalThis.fetch } = options;

  return async (outcome, { signal }) => {
    const id = outcome.idempotencyKey;
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
          [idHeader]: id,
          [timestampHeader]: timestamp,
          [signatureHeader]: signWebhook(secret, { id, timestamp, body }),
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
      throw new WebhookDeliveryError(`${url.host} responded with status ${response.status}.`, {
        retryAfterMs: parseRetryAfter(response.headers, Date.now()),
        isFinal: response.status === 410,
      });
    }
  };
}
