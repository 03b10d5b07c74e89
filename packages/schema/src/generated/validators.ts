// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import * as checks from "./checks.ts";
import type { WorkspaceId, SyncLogId, IngestionPipelineId, KnowledgeGraphId, SyncLogType, SyncLogStatus, SyncLog, ApiError } from "./types.ts";
import { createValidator } from "./validation.ts";
import type { Validator } from "./validation.ts";

export type { ValidationIssue, ValidationResult, Validator } from "./validation.ts";

/** Checks whether a value is {@link WorkspaceId}. */
export const validateWorkspaceId: Validator<WorkspaceId> = /* @__PURE__ */ createValidator(checks.checkWorkspaceId);

/** Checks whether a value is {@link SyncLogId}. */
export const validateSyncLogId: Validator<SyncLogId> = /* @__PURE__ */ createValidator(checks.checkSyncLogId);

/** Checks whether a value is {@link IngestionPipelineId}. */
export const validateIngestionPipelineId: Validator<IngestionPipelineId> = /* @__PURE__ */ createValidator(checks.checkIngestionPipelineId);

/** Checks whether a value is {@link KnowledgeGraphId}. */
export const validateKnowledgeGraphId: Validator<KnowledgeGraphId> = /* @__PURE__ */ createValidator(checks.checkKnowledgeGraphId);

/** Checks whether a value is {@link SyncLogType}. */
export const validateSyncLogType: Validator<SyncLogType> = /* @__PURE__ */ createValidator(checks.checkSyncLogType);

/** Checks whether a value is {@link SyncLogStatus}. */
export const validateSyncLogStatus: Validator<SyncLogStatus> = /* @__PURE__ */ createValidator(checks.checkSyncLogStatus);

/** Checks whether a value is {@link SyncLog}. */
export const validateSyncLog: Validator<SyncLog> = /* @__PURE__ */ createValidator(checks.checkSyncLog);

/** Checks whether a value is {@link ApiError}. */
export const validateApiError: Validator<ApiError> = /* @__PURE__ */ createValidator(checks.checkApiError);
