// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

export type {
  ApiError,
  IngestionPipelineId,
  KnowledgeGraphId,
  SyncLog,
  SyncLogId,
  SyncLogStatus,
  SyncLogType,
  WorkspaceId,
  components,
  operations,
  paths,
  webhooks,
} from "./types.ts";
export {
  isKnownSyncLogStatus,
  isKnownSyncLogType,
  syncLogStatusValues,
  syncLogTypeValues,
} from "./enums.ts";
export type {
  KnownSyncLogStatus,
  KnownSyncLogType,
} from "./enums.ts";
export {
  operationTable,
  securitySchemes,
} from "./operations.ts";
export type {
  OperationId,
} from "./operations.ts";
export {
  syncLogLifecycle,
} from "./lifecycle.ts";
export type {
  Lifecycle,
} from "./lifecycle.ts";
export {
  invariants,
} from "./invariants.ts";
export type {
  Invariant,
} from "./invariants.ts";
export {
  specSha256,
  specVersion,
} from "./version.ts";
