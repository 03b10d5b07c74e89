import { inspect } from "node:util";

/** The base class of the errors of this package. */
export abstract class SyncLogWatcherError extends Error {
  /** The name of the class. */
  abstract override readonly name: string;
  /** A stable code, for programs. */
  abstract readonly code: string;
}

/** The ids or options of a watch are invalid; nothing was stored. */
export class WatchRequestError extends SyncLogWatcherError {
  override readonly name = "WatchRequestError";
  override readonly code = "watch_request";
}

/** An option of the watcher or its engine is invalid. */
export class WatcherOptionError extends SyncLogWatcherError {
  override readonly name = "WatcherOptionError";
  override readonly code = "watcher_option";
}

/** The watcher was closed; nothing was stored. Use another process or a new watcher. */
export class WatcherClosedError extends SyncLogWatcherError {
  override readonly name = "WatcherClosedError";
  override readonly code = "watcher_closed";

  constructor() {
    super("The watcher is closed. Use another process or a new watcher.");
  }
}

/** The engine failed to do what was asked; `cause` says why. */
export class WatchEngineError extends SyncLogWatcherError {
  override readonly name = "WatchEngineError";
  override readonly code = "watch_engine";
}

/** `onOutcome` or `onUpdate` took longer than `deliveryTimeoutMs`; its signal was aborted. */
export class DeliveryTimeoutError extends SyncLogWatcherError {
  override readonly name = "DeliveryTimeoutError";
  override readonly code = "delivery_timeout";
}

/** What is stored of a watch is not of this version or the one before, or damaged; the watch is parked. */
export class StoredDataError extends SyncLogWatcherError {
  override readonly name = "StoredDataError";
  override readonly code = "stored_data";
  /** It is of a later version and is not parked: a process of that version can read it. */
  readonly isLater: boolean;

  constructor(message: string, isLater = false) {
    super(message);
    this.isLater = isLater;
  }
}

/** What an error that `onOutcome` throws may say about the next attempt. */
export interface DeliveryAdvice {
  /** Not before so many milliseconds; null or absent to leave that to the policy. */
  readonly retryAfterMs?: number | null;
  /** Never: the outcome is parked. */
  readonly isFinal?: boolean;
}

/**
 * The receiver of a webhook did not respond with a 2xx status in time. The webhook is sent again, unless
 * it responded with 410.
 */
export class WebhookDeliveryError extends SyncLogWatcherError implements DeliveryAdvice {
  override readonly name = "WebhookDeliveryError";
  override readonly code = "webhook_delivery";
  readonly retryAfterMs: number | null;
  readonly isFinal: boolean;

  constructor(message: string, options: ErrorOptions & DeliveryAdvice = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.isFinal = options.isFinal ?? false;
  }
}

/** A received webhook is not authentic, or too old: respond with 400 and ignore it. */
export class WebhookVerificationError extends SyncLogWatcherError {
  override readonly name = "WebhookVerificationError";
  override readonly code = "webhook_verification";
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  // Not every object can be made a string.
  return typeof error === "string" ? error : inspect(error);
}
