export {
  type CloseOptions,
  createSyncLogWatcher,
  type SyncLogWatcher,
} from "./create-sync-log-watcher.ts";
export { embeddedEngine, type EmbeddedEngineOptions } from "./embedded/embedded-engine.ts";
export type { DeliveryPolicy, NewWatch, WatchEngine, WatchWork } from "./engine.ts";
export {
  SyncLogWatcherError,
  WatchEngineError,
  WatcherClosedError,
  WatcherOptionError,
  WatchRequestError,
  WebhookDeliveryError,
  WebhookVerificationError,
} from "./errors.ts";
export type { RateLimit } from "./rate-limit.ts";
export type { WatchDecision, WatchUpdate } from "./watch/decide-next.ts";
export type { StoredError } from "./watch/stored-error.ts";
export type {
  EndedOutcome,
  OutcomeBase,
  UnfinishedOutcome,
  UnfinishedEnd,
  WatchEnd,
  WatchOutcome,
} from "./watch/watch-outcome.ts";
export type { PollOptions } from "./watch/watch-rules.ts";
export type { JsonValue, WatchState } from "./watch/watch-state.ts";
export type {
  WatchCounts,
  WatchOverview,
  WatchPause,
  WatchStage,
  WatchStatus,
} from "./watch/watch-status.ts";
export type { WatchTarget } from "./watch/watch-target.ts";
export type { WatcherEvent } from "./watcher-event.ts";
export type { DeliveryContext, SyncLogWatcherOptions, WatchOptions } from "./watcher-options.ts";
export { createWebhookSender, type WebhookOptions } from "./webhook/create-webhook-sender.ts";
export { signWebhook } from "./webhook/sign-webhook.ts";
export { verifyWebhook, type VerifyWebhookInput } from "./webhook/verify-webhook.ts";
