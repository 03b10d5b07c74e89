// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

export type { GetSyncLogParams, ListSyncLogsParams, SyncLogMethods } from "./methods.ts";
