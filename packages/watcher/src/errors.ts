/** What every error of this package is; `code` is stable and made for programs. */
export abstract class SyncLogWatcherError extends Error {
  /** The name of the class. */
  abstract override readonly name: string;
  /** Stable; made for programs. */
  abstract readonly code: string;
}

/** A watch cannot be accepted as it was asked for; nothing was stored. */
export class WatchRequestError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WatchRequestError";
  /** Stable; made for programs. */
  override readonly code = "watch_request";
}

/** An option of the watcher, its engine or its command is not usable. */
export class WatcherOptionError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WatcherOptionError";
  /** Stable; made for programs. */
  override readonly code = "watcher_option";
}

/** The watcher was closed; nothing was stored. Another process, or a new watcher, goes on. */
export class WatcherClosedError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WatcherClosedError";
  /** Stable; made for programs. */
  override readonly code = "watcher_closed";
}

/** The engine could not do what it was asked for; `cause` says why. */
export class WatchEngineError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WatchEngineError";
  /** Stable; made for programs. */
  override readonly code = "watch_engine";
}

/** A webhook's receiver did not answer with a 2xx status in time. It is sent again. */
export class WebhookDeliveryError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WebhookDeliveryError";
  /** Stable; made for programs. */
  override readonly code = "webhook_delivery";
}

/** A webhook that was received is not authentic, or too old: answer 400 and do nothing else. */
export class WebhookVerificationError extends SyncLogWatcherError {
  /** The name of the class. */
  override readonly name = "WebhookVerificationError";
  /** Stable; made for programs. */
  override readonly code = "webhook_verification";
}
