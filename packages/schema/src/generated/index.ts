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

/** The `info.version` of the OpenAPI document. */
export const specVersion: string = "1.0.0";

/** SHA-256 of the document in one piece: its JSON, keys sorted, without white space. */
export const specSha256: string = "9afd86a3af1818df401478e2b6eac7100e0ca803be1e34eedb54d5e9c0ec3465";

/**
 * Type of sync operation.
 *
 * The values known when this was generated.
 */
export const syncLogTypeValues = [
  "full_sync",
  "live_sync",
  "incremental_sync",
  "manual_sync",
] as const;

/** One of {@link syncLogTypeValues}. */
export type KnownSyncLogType = (typeof syncLogTypeValues)[number];

/** Whether this is one of {@link syncLogTypeValues}. */
export function isKnownSyncLogType(value: unknown): value is KnownSyncLogType {
  return (syncLogTypeValues as readonly unknown[]).includes(value);
}

/**
 * Status of the sync operation.
 *
 * The values known when this was generated.
 */
export const syncLogStatusValues = [
  "pending",
  "preparing",
  "data_fetching",
  "ingesting",
  "completed",
  "failed",
  "stopped",
  "skipped",
] as const;

/** One of {@link syncLogStatusValues}. */
export type KnownSyncLogStatus = (typeof syncLogStatusValues)[number];

/** Whether this is one of {@link syncLogStatusValues}. */
export function isKnownSyncLogStatus(value: unknown): value is KnownSyncLogStatus {
  return (syncLogStatusValues as readonly unknown[]).includes(value);
}

/**
 * Each operation by its operationId.
 *
 * - `parameters`: with OpenAPI's `style` and `explode`, defaults filled in.
 * - `requestBody`: null, or whether it is required and its media types.
 * - `successStatuses`: statuses as numbers, ranges and `default` as strings.
 * - `security`: alternatives, each the names of the {@link securitySchemes} that it takes together; empty if none is needed.
 */
export const operationTable = {
  getSyncLog: {
    operationId: "getSyncLog",
    method: "GET",
    path: "/workspaces/{workspaceId}/sync-logs/{id}",
    parameters: [
      { name: "workspaceId", in: "path", required: true, style: "simple", explode: false },
      { name: "id", in: "path", required: true, style: "simple", explode: false },
    ],
    requestBody: null,
    successStatuses: [200],
    security: [["apiKey"]],
  },
  listSyncLogs: {
    operationId: "listSyncLogs",
    method: "GET",
    path: "/workspaces/{workspaceId}/sync-logs",
    parameters: [{ name: "workspaceId", in: "path", required: true, style: "simple", explode: false }],
    requestBody: null,
    successStatuses: [200],
    security: [["apiKey"]],
  },
} as const;

/** The operationId of an operation in {@link operationTable}. */
export type OperationId = keyof typeof operationTable;

/** Each security scheme by its name: where the credential goes. */
export const securitySchemes = {
  apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
} as const;

/** How a terminal status ended. */
export type LifecycleOutcome = "success" | "failure" | "cancelled" | "nothing-done";

/** How the status of a record may change over time: the `x-lifecycle` of a schema. */
export interface Lifecycle {
  /** Name of the component schema that has it. */
  readonly schema: string;
  /** Name of the property that holds the status. */
  readonly property: string;
  /** The status a new record has. */
  readonly initial: string;
  /** The statuses of a run that succeeds, first to last. A record never goes back in this order. */
  readonly order: readonly string[];
  /** Each terminal status with its outcome. A record never leaves a terminal status. */
  readonly terminal: Readonly<Record<string, LifecycleOutcome>>;
}

/** How the `status` of a SyncLog may change over time. */
export const syncLogLifecycle = {
  schema: "SyncLog",
  property: "status",
  initial: "pending",
  order: ["pending", "preparing", "data_fetching", "ingesting", "completed"],
  terminal: { completed: "success", failed: "failure", stopped: "cancelled", skipped: "nothing-done" },
} as const;

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
  {
    id: "listed-in-their-workspace",
    rule: "self.all(log, log.workspaceId == request.path.workspaceId)",
    message: "A listed sync log belongs to another workspace than the one that was asked for.",
    severity: "error",
    target: { operationId: "listSyncLogs", status: "200" },
  },
  {
    id: "listed-once",
    rule: "isUnique(self, \"id\")",
    message: "A sync log is listed more than once.",
    severity: "error",
    target: { operationId: "listSyncLogs", status: "200" },
  },
];
