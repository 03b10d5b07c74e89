/** A sync log as the provider keeps it. */
export type SyncLog = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly workspaceId: string;
};

/** One customer of the provider. */
export interface Tenant {
  readonly key: string;
  readonly workspaceId: string;
}

/** The customer whose view is verified. */
export const own: Tenant = {
  key: "q_sk_5fA9c2E7b1D4fF60",
  workspaceId: "ws_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f11",
};

/** Another customer. */
export const other: Tenant = {
  key: "q_sk_0cB8e3D6a2F5cC71",
  workspaceId: "ws_9d2f6a31-08be-4c7d-b5e4-bb20d85e3a22",
};

/** Ids of the sync logs there are. */
export const ids: Readonly<
  Record<"completed" | "failed" | "live" | "stopped" | "skipped" | "foreign", string>
> = {
  completed: "sync_4a9f1c52-7e0d-4b36-9c1a-000000000001",
  failed: "sync_4a9f1c52-7e0d-4b36-9c1a-000000000002",
  /** Comes a step further with every reading, and ends. */
  live: "sync_4a9f1c52-7e0d-4b36-9c1a-000000000003",
  stopped: "sync_4a9f1c52-7e0d-4b36-9c1a-000000000004",
  skipped: "sync_4a9f1c52-7e0d-4b36-9c1a-000000000005",
  foreign: "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000f1",
};

const started = {
  startedAt: "2026-03-01T08:00:05.000Z",
  workflowId: "sync-workflow",
  workflowRunId: "run_42",
};
const prepared = {
  preparationMetadata: { contacts: 1000, deals: 500, companies: 300 },
  totalRecordsToIngest: 1800,
  preparationCompletedAt: "2026-03-01T08:01:00.000Z",
};

function log(
  id: string,
  tenant: Tenant,
  status: string,
  fields: Readonly<Record<string, unknown>>,
): SyncLog {
  return {
    id,
    ingestionPipelineId: `pipe_${tenant.workspaceId.slice(3)}`,
    knowledgeGraphId: `kg_${tenant.workspaceId.slice(3)}`,
    workspaceId: tenant.workspaceId,
    type: "full_sync",
    status,
    startedAt: null,
    completedAt: null,
    errorMessage: null,
    userFacingErrorMessage: null,
    workflowId: null,
    workflowRunId: null,
    preparationMetadata: null,
    totalRecordsToIngest: null,
    recordsIngested: null,
    preparationCompletedAt: null,
    minDate: null,
    manualSyncData: null,
    correlationId: "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
    createdAt: "2026-03-01T08:00:00.000Z",
    updatedAt: "2026-03-01T08:00:00.000Z",
    ...fields,
  };
}

const ended = { completedAt: "2026-03-01T08:10:00.000Z", updatedAt: "2026-03-01T08:10:00.000Z" };

/** Every sync log, as it is at the beginning. */
export const logs: readonly SyncLog[] = [
  log(ids.completed, own, "completed", {
    ...started,
    ...prepared,
    ...ended,
    recordsIngested: 1800,
  }),
  log(ids.failed, own, "failed", {
    ...started,
    ...prepared,
    ...ended,
    recordsIngested: 450,
    errorMessage: "Failed to connect to data source",
    userFacingErrorMessage: "This website is not supported and cannot be synced.",
    minDate: "2026-02-01T00:00:00.000Z",
  }),
  log(ids.stopped, own, "stopped", {
    ...started,
    ...ended,
    type: "manual_sync",
    manualSyncData: { reason: "asked for" },
  }),
  log(ids.skipped, own, "skipped", { ...ended, type: "live_sync" }),
  log(ids.foreign, other, "failed", {
    ...started,
    ...prepared,
    ...ended,
    recordsIngested: 7,
    errorMessage: "Contract of Initech with Globex is not readable",
  }),
];

const steps: readonly Readonly<Record<string, unknown>>[] = [
  { status: "pending" },
  { status: "preparing", ...started, updatedAt: "2026-03-01T08:00:05.000Z" },
  {
    status: "data_fetching",
    ...started,
    ...prepared,
    recordsIngested: 0,
    updatedAt: "2026-03-01T08:01:00.000Z",
  },
  {
    status: "ingesting",
    ...started,
    ...prepared,
    recordsIngested: 450,
    updatedAt: "2026-03-01T08:03:00.000Z",
  },
  {
    status: "ingesting",
    ...started,
    ...prepared,
    recordsIngested: 1300,
    updatedAt: "2026-03-01T08:07:00.000Z",
  },
  { status: "completed", ...started, ...prepared, ...ended, recordsIngested: 1800 },
];

/** The log that comes further with every reading. */
export function liveLog(readings: number): SyncLog {
  const step = steps[Math.min(readings, steps.length - 1)] ?? {};
  return log(ids.live, own, "pending", { type: "incremental_sync", ...step });
}
