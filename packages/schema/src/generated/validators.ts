// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import { checkWorkspaceId, checkSyncLogId, checkIngestionPipelineId, checkKnowledgeGraphId, checkSyncLogType, checkSyncLogStatus, checkSyncLog, checkApiError } from "./checks.ts";
import type { WorkspaceId, SyncLogId, IngestionPipelineId, KnowledgeGraphId, SyncLogType, SyncLogStatus, SyncLog, ApiError } from "./types.ts";
import { createValidator } from "./validation.ts";
import type { Validator } from "./validation.ts";

export type { ValidationIssue, ValidationResult, Validator } from "./validation.ts";

/** Checks whether a value is a {@link WorkspaceId}. */
export const validateWorkspaceId: Validator<WorkspaceId> = /* @__PURE__ */ createValidator(checkWorkspaceId);

/** Checks whether a value is a {@link SyncLogId}. */
export const validateSyncLogId: Validator<SyncLogId> = /* @__PURE__ */ createValidator(checkSyncLogId);

/** Checks whether a value is a {@link IngestionPipelineId}. */
export const validateIngestionPipelineId: Validator<IngestionPipelineId> = /* @__PURE__ */ createValidator(checkIngestionPipelineId);

/** Checks whether a value is a {@link KnowledgeGraphId}. */
export const validateKnowledgeGraphId: Validator<KnowledgeGraphId> = /* @__PURE__ */ createValidator(checkKnowledgeGraphId);

/** Checks whether a value is a {@link SyncLogType}. */
export const validateSyncLogType: Validator<SyncLogType> = /* @__PURE__ */ createValidator(checkSyncLogType);

/** Checks whether a value is a {@link SyncLogStatus}. */
export const validateSyncLogStatus: Validator<SyncLogStatus> = /* @__PURE__ */ createValidator(checkSyncLogStatus);

/** Checks whether a value is a {@link SyncLog}. */
export const validateSyncLog: Validator<SyncLog> = /* @__PURE__ */ createValidator(checkSyncLog);

/** Checks whether a value is a {@link ApiError}. */
export const validateApiError: Validator<ApiError> = /* @__PURE__ */ createValidator(checkApiError);
