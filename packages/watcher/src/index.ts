export {
  type CloseOptions,
  createSyncLogWatcher,
  type SyncLogWatcher,
} from "./create-sync-log-watcher.ts";
export { embeddedEngine, type EmbeddedEngineOptions } from "./embedded/embedded-engine.ts";
export type {
  Delivery,
  PollContext,
  RefusedKeys,
  WatchCommands,
  WatchEngine,
  WatchWork,
} from "./engine.ts";
export {
  type DeliveryAdvice,
  DeliveryTimeoutError,
  StoredDataError,
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
export type { NewWatch, WatchOptions } from "./watch/new-watch.ts";
export type {
  EndedOutcome,
  OutcomeBase,
  UnfinishedOutcome,
  UnfinishedEnd,
  WatchEnd,
  WatchOutcome,
} from "./watch/watch-outcome.ts";
export type { PollOptions } from "./watch/watch-rules.ts";
export type { JsonValue, StoredError, WatchState } from "./watch/watch-state.ts";
export type {
  EngineHealth,
  UnreadableWatch,
  WatchCounts,
  WatchOverview,
  WatchPause,
  WatchStage,
  WatchStatus,
} from "./watch/watch-status.ts";
export type { WatchTarget } from "./watch/watch-target.ts";
export type { DeliveryEvent, WatcherEvent } from "./watcher-event.ts";
export type { DeliveryContext, DeliveryPolicy, SyncLogWatcherOptions } from "./watcher-options.ts";
export { createWebhookSender, type WebhookOptions } from "./webhook/create-webhook-sender.ts";
export {
  signWebhook,
  verifyWebhook,
  type VerifyWebhookInput,
  type WebhookContent,
} from "./webhook/webhook-signature.ts";
