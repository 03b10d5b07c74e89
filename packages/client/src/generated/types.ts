// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

export type { GetSyncLogParams, ListSyncLogsParams, SyncLogMethods } from "./methods.ts";
export type {
  ApiError,
  IngestionPipelineId,
  KnowledgeGraphId,
  KnownSyncLogStatus,
  KnownSyncLogType,
  SyncLog,
  SyncLogId,
  SyncLogStatus,
  SyncLogType,
  WorkspaceId,
} from "@qontext/sync-log-schema";
