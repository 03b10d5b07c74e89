export type { SyncLogClientOptions } from "./client-options.ts";
export type { Clock } from "./clock.ts";
export { createSyncLogClient, createSyncLogReader, type SyncLogClient } from "./create-client.ts";
export {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  SyncLogApiError,
} from "./errors/response-errors.ts";
export {
  type ErrorGuard,
  isAuthenticationError,
  isBadRequestError,
  isConnectionError,
  isDeadlineExceededError,
  isInvalidParameterError,
  isKeyFunctionError,
  isNotFoundError,
  isPermissionDeniedError,
  isRateLimitError,
  isRedirectError,
  isRequestTimeoutError,
  isResponseFormatError,
  isResponseValidationError,
  isServerError,
  isSyncLogApiError,
  isSyncLogError,
  isWaitTimeoutError,
} from "./errors/guards.ts";
export {
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
  RequestTimeoutError,
} from "./errors/request-errors.ts";
export {
  RedirectError,
  ResponseFormatError,
  ResponseValidationError,
} from "./errors/response-errors.ts";
export { syncLogErrorFrom } from "./errors/sync-log-error-from.ts";
export { SyncLogError, type Attempt, type SyncLogErrorJson } from "./errors/sync-log-error.ts";
export type { ValidationIssue } from "./errors/response-errors.ts";
export { WaitTimeoutError } from "./errors/request-errors.ts";
// What is generated from the document is exported by what is generated.
export type * from "./generated/types.ts";
export type { ClientHooks, HookRequest, HookResponse, HookRetry } from "./hooks.ts";
export type { LogFields, Logger, LogLevel } from "./logger.ts";
export type { RequestOptions } from "./request-options.ts";
export type { DataWithResponse, ResponseInfo, ResponsePromise } from "./response-promise.ts";
export type {
  RetryContext,
  RetryFunction,
  RetryOptions,
  RetryPolicy,
} from "./retry/retry-options.ts";
export type { ApiKey } from "./secrets/key-source.ts";
export type { RequestHeaders } from "./transport/check-headers.ts";
export type { FetchOptions } from "./transport/fetch-options.ts";
export type { Fetch, FetchInit, FetchResponse } from "./transport/transport.ts";
export type { SyncLogObservation } from "./wait/observation.ts";
export type { Progress } from "./wait/progress.ts";
export type { SyncLogUpdate } from "./wait/wait-result.ts";
export { isTerminal, type TerminalStatus, type TerminalSyncLog } from "./wait/terminal-status.ts";
export type {
  SyncLogsProgress,
  SyncLogTargets,
  WaitAllOptions,
} from "./wait/wait-for-sync-logs.ts";
export type { WatchWorkspaceOptions, WorkspaceUpdate } from "./wait/watch-workspace.ts";
export type { WaitOptions, WatchOptions } from "./wait/wait-options.ts";
export type { WaitResult } from "./wait/wait-result.ts";
export type { ResponseValidator, ValidateOption } from "./validation.ts";
export { specSha256, specVersion } from "@qontext/sync-log-schema";
