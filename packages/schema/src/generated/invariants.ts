// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** Something that is always true of a body: an entry of an `x-invariants` list. */
export interface Invariant {
  /** Unique within its list. */
  readonly id: string;
  /** A CEL expression over `self`, `oldSelf`, `request` and `response` that is true where the invariant holds. */
  readonly rule: string;
  /** What is wrong where it does not hold. */
  readonly message: string;
  readonly severity: "error" | "warning";
  /** What it is about: a component schema, or the body of an operation's response with a status as in the document (`5XX`). */
  readonly target:
    | { readonly schema: string }
    | { readonly operationId: string; readonly status: string };
}

/** Every invariant of the document. */
export const invariants: readonly Invariant[] = [
  {
    id: "ingested-within-total",
    rule: "!has(self.recordsIngested) || self.recordsIngested == null || !has(self.totalRecordsToIngest) || self.totalRecordsToIngest == null || self.recordsIngested <= self.totalRecordsToIngest",
    message: "More records are ingested than there are to ingest.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "prepared-after-start",
    rule: "!has(self.startedAt) || self.startedAt == null || !has(self.preparationCompletedAt) || self.preparationCompletedAt == null || instant(self.startedAt) <= instant(self.preparationCompletedAt)",
    message: "The preparation was completed before the sync started.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "completed-after-preparation",
    rule: "!has(self.preparationCompletedAt) || self.preparationCompletedAt == null || !has(self.completedAt) || self.completedAt == null || instant(self.preparationCompletedAt) <= instant(self.completedAt)",
    message: "The sync completed before its preparation did.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "completed-after-start",
    rule: "!has(self.startedAt) || self.startedAt == null || !has(self.completedAt) || self.completedAt == null || instant(self.startedAt) <= instant(self.completedAt)",
    message: "The sync completed before it started.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "updated-after-creation",
    rule: "!has(self.createdAt) || !has(self.updatedAt) || instant(self.createdAt) <= instant(self.updatedAt)",
    message: "The sync log was updated before it was created.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "completed-has-completed-at",
    rule: "self.status != 'completed' || has(self.completedAt) && self.completedAt != null",
    message: "A completed sync has no completedAt.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "running-has-no-completed-at",
    rule: "isTerminal(self.status) || !has(self.completedAt) || self.completedAt == null",
    message: "A sync that has not ended has a completedAt.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "failed-has-error-message",
    rule: "self.status != 'failed' || has(self.errorMessage) && self.errorMessage != null",
    message: "A failed sync has no errorMessage.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "completed-has-no-error",
    rule: "self.status != 'completed' || (!has(self.errorMessage) || self.errorMessage == null) && (!has(self.userFacingErrorMessage) || self.userFacingErrorMessage == null)",
    message: "A completed sync has an error message.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "lifecycle-is-followed",
    rule: "canFollow(oldSelf.status, self.status)",
    message: "The status went back, or left a terminal status.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "ingested-never-falls",
    rule: "!has(self.recordsIngested) || self.recordsIngested == null || !has(oldSelf.recordsIngested) || oldSelf.recordsIngested == null || self.recordsIngested >= oldSelf.recordsIngested",
    message: "The number of ingested records fell.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "creation-never-changes",
    rule: "!has(self.createdAt) || !has(oldSelf.createdAt) || instant(self.createdAt) == instant(oldSelf.createdAt)",
    message: "The createdAt of a sync log changed.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "terminal-never-changes",
    rule: "!isTerminal(oldSelf.status) || self == oldSelf",
    message: "A sync log changed after it had reached a terminal status.",
    severity: "error",
    target: { schema: "SyncLog" },
  },
  {
    id: "error-status-matches",
    rule: "self.statusCode == response.status",
    message: "The error body names another status than the response has.",
    severity: "error",
    target: { schema: "ApiError" },
  },
  {
    id: "id-matches-path",
    rule: "self.id == request.path.id",
    message: "The sync log's id is not the one that was asked for.",
    severity: "error",
    target: { operationId: "getSyncLog", status: "200" },
  },
  {
    id: "workspace-matches-path",
    rule: "self.workspaceId == request.path.workspaceId",
    message: "The sync log belongs to another workspace than the one that was asked for.",
    severity: "error",
    target: { operationId: "getSyncLog", status: "200" },
  },
];
