// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import type { OperationId } from "./index.ts";

/** A schema of JSON Schema 2020-12. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** A schema of JSON Schema 2020-12 that refers to nothing but its own `$defs`. */
export interface ToolSchema {
  readonly type: "object";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

/** An operation as a tool of an agent, as the Model Context Protocol describes tools. */
export interface OperationTool {
  readonly operationId: OperationId;
  /** The operationId in snake case. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The parameters of the operation by their names, and its `body`. */
  readonly inputSchema: ToolSchema;
  /**
   * Describes the answer to a success and refuses none. A list is its `items`, as a tool answers with an object; absent where the
   * answer is neither.
   */
  readonly outputSchema?: ToolSchema;
  /** Whether the operation changes nothing. */
  readonly isReadOnly: boolean;
}

/** A tool for each operation. */
export const operationTools: readonly OperationTool[] = [
  {
    operationId: "getSyncLog",
    name: "get_sync_log",
    title: "Get sync log by ID",
    description: "Get a single sync log in a given workspace.",
    inputSchema: {
      type: "object",
      properties: {
        workspaceId: { $ref: "#/$defs/WorkspaceId", description: "Unique identifier of the workspace." },
        id: { $ref: "#/$defs/SyncLogId", description: "Unique identifier of the sync log." },
      },
      required: ["workspaceId", "id"],
      additionalProperties: false,
      $defs: {
        WorkspaceId: {
          type: "string",
          description: "Unique identifier of a workspace.",
          examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
        },
        SyncLogId: {
          type: "string",
          description: "Unique identifier of a sync log.",
          examples: ["sync_123e4567-e89b-12d3-a456-426614174000"],
        },
      },
    },
    outputSchema: {
      type: "object",
      description: "The record of one sync operation. The server may add fields; readers accept unknown ones.\n",
      properties: {
        id: {
          $ref: "#/$defs/SyncLogId",
          description: "Unique identifier for the sync log.",
          examples: ["sync_123e4567-e89b-12d3-a456-426614174000"],
        },
        ingestionPipelineId: {
          $ref: "#/$defs/IngestionPipelineId",
          description: "The ingestion pipeline this sync log belongs to.",
          examples: ["pipe_123e4567-e89b-12d3-a456-426614174000"],
        },
        knowledgeGraphId: {
          $ref: "#/$defs/KnowledgeGraphId",
          description: "The knowledge graph this sync log relates to.",
          examples: ["kg_123e4567-e89b-12d3-a456-426614174000"],
        },
        workspaceId: {
          $ref: "#/$defs/WorkspaceId",
          description: "The workspace this sync log belongs to.",
          examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
        },
        type: { $ref: "#/$defs/SyncLogType", description: "Type of sync operation.", examples: ["full_sync"] },
        status: {
          $ref: "#/$defs/SyncLogStatus",
          description: "Status of the sync operation.",
          examples: ["completed"],
        },
        startedAt: { description: "When the sync operation started.", examples: ["2021-01-01T00:00:00.000Z"] },
        completedAt: { description: "When the sync operation completed.", examples: ["2021-01-01T00:00:00.000Z"] },
        errorMessage: {
          description: "Error message if the sync operation failed.",
          examples: ["Failed to connect to data source"],
        },
        userFacingErrorMessage: {
          description: "User-facing error message shown in the UI when a sync fails due to a permanent issue.",
          examples: ["This website is not supported and cannot be synced."],
        },
        workflowId: {
          description: "Temporal workflow ID for this sync.",
          examples: ["sync-sync_123e4567-e89b-12d3-a456-426614174000"],
        },
        workflowRunId: {
          description: "Temporal workflow run ID for this sync.",
          examples: ["run_123e4567-e89b-12d3-a456-426614174000"],
        },
        preparationMetadata: {
          description: "Preparation metadata including record type counts, from record type to count.",
          additionalProperties: {},
          examples: [{ contacts: 1000, deals: 500, companies: 300 }],
        },
        totalRecordsToIngest: { description: "Total number of records that need to be ingested.", examples: [1800] },
        recordsIngested: { description: "Number of records successfully ingested.", examples: [450] },
        preparationCompletedAt: { description: "When the preparation step was completed.", examples: ["2021-01-01T00:00:00.000Z"] },
        minDate: {
          description: "Minimum date for the sync; only records changed after this date are synced.",
          examples: ["2021-01-01T00:00:00.000Z"],
        },
        manualSyncData: { description: "Data for manual sync.", examples: [{ manualSyncData: "manual_sync_data" }] },
        correlationId: {
          description: "Correlation ID (W3C trace-id) for end-to-end tracing.",
          examples: ["4fd0b6c2a4d1e0f8a2b9c3d4e5f60718"],
        },
        createdAt: { description: "When the sync log was created.", examples: ["2021-01-01T00:00:00.000Z"] },
        updatedAt: { description: "When the sync log was last updated.", examples: ["2021-01-01T00:00:00.000Z"] },
      },
      $defs: {
        SyncLogId: {
          description: "Unique identifier of a sync log.",
          examples: ["sync_123e4567-e89b-12d3-a456-426614174000"],
        },
        IngestionPipelineId: {
          description: "Unique identifier of an ingestion pipeline.",
          examples: ["pipe_123e4567-e89b-12d3-a456-426614174000"],
        },
        KnowledgeGraphId: {
          description: "Unique identifier of a knowledge graph.",
          examples: ["kg_123e4567-e89b-12d3-a456-426614174000"],
        },
        WorkspaceId: {
          description: "Unique identifier of a workspace.",
          examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
        },
        SyncLogType: {
          description: "Type of sync operation.",
          examples: ["full_sync", "live_sync", "incremental_sync", "manual_sync"],
        },
        SyncLogStatus: {
          description: "Status of the sync operation.",
          examples: ["pending", "preparing", "data_fetching", "ingesting", "completed", "failed", "stopped", "skipped"],
        },
      },
    },
    isReadOnly: true,
  },
  {
    operationId: "listSyncLogs",
    name: "list_sync_logs",
    title: "Get all sync logs",
    description: "Get all sync logs in a given workspace.",
    inputSchema: {
      type: "object",
      properties: { workspaceId: { $ref: "#/$defs/WorkspaceId", description: "Unique identifier of the workspace." } },
      required: ["workspaceId"],
      additionalProperties: false,
      $defs: {
        WorkspaceId: {
          type: "string",
          description: "Unique identifier of a workspace.",
          examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
        },
      },
    },
    outputSchema: {
      type: "object",
      properties: { items: { description: "The sync logs of a workspace.", items: { $ref: "#/$defs/SyncLog" } } },
      $defs: {
        SyncLog: {
          description: "The record of one sync operation. The server may add fields; readers accept unknown ones.\n",
          properties: {
            id: {
              $ref: "#/$defs/SyncLogId",
              description: "Unique identifier for the sync log.",
              examples: ["sync_123e4567-e89b-12d3-a456-426614174000"],
            },
            ingestionPipelineId: {
              $ref: "#/$defs/IngestionPipelineId",
              description: "The ingestion pipeline this sync log belongs to.",
              examples: ["pipe_123e4567-e89b-12d3-a456-426614174000"],
            },
            knowledgeGraphId: {
              $ref: "#/$defs/KnowledgeGraphId",
              description: "The knowledge graph this sync log relates to.",
              examples: ["kg_123e4567-e89b-12d3-a456-426614174000"],
            },
            workspaceId: {
              $ref: "#/$defs/WorkspaceId",
              description: "The workspace this sync log belongs to.",
              examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
            },
            type: { $ref: "#/$defs/SyncLogType", description: "Type of sync operation.", examples: ["full_sync"] },
            status: {
              $ref: "#/$defs/SyncLogStatus",
              description: "Status of the sync operation.",
              examples: ["completed"],
            },
            startedAt: { description: "When the sync operation started.", examples: ["2021-01-01T00:00:00.000Z"] },
            completedAt: { description: "When the sync operation completed.", examples: ["2021-01-01T00:00:00.000Z"] },
            errorMessage: {
              description: "Error message if the sync operation failed.",
              examples: ["Failed to connect to data source"],
            },
            userFacingErrorMessage: {
              description: "User-facing error message shown in the UI when a sync fails due to a permanent issue.",
              examples: ["This website is not supported and cannot be synced."],
            },
            workflowId: {
              description: "Temporal workflow ID for this sync.",
              examples: ["sync-sync_123e4567-e89b-12d3-a456-426614174000"],
            },
            workflowRunId: {
              description: "Temporal workflow run ID for this sync.",
              examples: ["run_123e4567-e89b-12d3-a456-426614174000"],
            },
            preparationMetadata: {
              description: "Preparation metadata including record type counts, from record type to count.",
              additionalProperties: {},
              examples: [{ contacts: 1000, deals: 500, companies: 300 }],
            },
            totalRecordsToIngest: { description: "Total number of records that need to be ingested.", examples: [1800] },
            recordsIngested: { description: "Number of records successfully ingested.", examples: [450] },
            preparationCompletedAt: {
              description: "When the preparation step was completed.",
              examples: ["2021-01-01T00:00:00.000Z"],
            },
            minDate: {
              description: "Minimum date for the sync; only records changed after this date are synced.",
              examples: ["2021-01-01T00:00:00.000Z"],
            },
            manualSyncData: { description: "Data for manual sync.", examples: [{ manualSyncData: "manual_sync_data" }] },
            correlationId: {
              description: "Correlation ID (W3C trace-id) for end-to-end tracing.",
              examples: ["4fd0b6c2a4d1e0f8a2b9c3d4e5f60718"],
            },
            createdAt: { description: "When the sync log was created.", examples: ["2021-01-01T00:00:00.000Z"] },
            updatedAt: { description: "When the sync log was last updated.", examples: ["2021-01-01T00:00:00.000Z"] },
          },
        },
        SyncLogId: {
          description: "Unique identifier of a sync log.",
          examples: ["sync_123e4567-e89b-12d3-a456-426614174000"],
        },
        IngestionPipelineId: {
          description: "Unique identifier of an ingestion pipeline.",
          examples: ["pipe_123e4567-e89b-12d3-a456-426614174000"],
        },
        KnowledgeGraphId: {
          description: "Unique identifier of a knowledge graph.",
          examples: ["kg_123e4567-e89b-12d3-a456-426614174000"],
        },
        WorkspaceId: {
          description: "Unique identifier of a workspace.",
          examples: ["ws_123e4567-e89b-12d3-a456-426614174000"],
        },
        SyncLogType: {
          description: "Type of sync operation.",
          examples: ["full_sync", "live_sync", "incremental_sync", "manual_sync"],
        },
        SyncLogStatus: {
          description: "Status of the sync operation.",
          examples: ["pending", "preparing", "data_fetching", "ingesting", "completed", "failed", "stopped", "skipped"],
        },
      },
    },
    isReadOnly: true,
  },
];
