/** What every error of this package is; `code` is stable and made for programs. */
export abstract class SyncLogWatcherError extends Error {
  abstract override readonly name: string;
  abstract readonly code: string;
}

/** A watch cannot be accepted as it was asked for; nothing was stored. */
export class WatchRequestError extends SyncLogWatcherError {
  override readonly name = "WatchRequestError";
  override readonly code = "watch_request";
}

/** An option of the watcher, its engine or its command is not usable. */
export class WatcherOptionError extends SyncLogWatcherError {
  override readonly name = "WatcherOptionError";
  override readonly code = "watcher_option";
}

/** The watcher was closed; nothing was stored. Another process, or a new watcher, goes on. */
export class WatcherClosedError extends SyncLogWatcherError {
  override readonly name = "WatcherClosedError";
  override readonly code = "watcher_closed";
}

/** The engine could not do what it was asked for; `cause` says why. */
export class WatchEngineError extends SyncLogWatcherError {
  override readonly name = "WatchEngineError";
  override readonly code = "watch_engine";
}

/** A webhook's receiver did not answer with a 2xx status in time. It is sent again. */
export class WebhookDeliveryError extends SyncLogWatcherError {
  override readonly name = "WebhookDeliveryError";
  override readonly code = "webhook_delivery";
}

/** A webhook that was received is not authentic, or too old: answer 400 and do nothing else. */
export class WebhookVerificationError extends SyncLogWatcherError {
  override readonly name = "WebhookVerificationError";
  override readonly code = "webhook_verification";
}
