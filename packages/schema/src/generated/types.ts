// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
  "/workspaces/{workspaceId}/sync-logs/{id}": {
    /**
     * Get sync log by ID
     *
     * Get a single sync log in a given workspace.
     */
    get: operations["getSyncLog"];
  };
  "/workspaces/{workspaceId}/sync-logs": {
    /**
     * Get all sync logs
     *
     * Get all sync logs in a given workspace.
     *
     * Assumed: The documentation shows the path, its parameter and the 200. The errors are those of the single sync log.
     */
    get: operations["listSyncLogs"];
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    WorkspaceId: WorkspaceId;
    SyncLogId: SyncLogId;
    IngestionPipelineId: IngestionPipelineId;
    KnowledgeGraphId: KnowledgeGraphId;
    SyncLogType: SyncLogType;
    SyncLogStatus: SyncLogStatus;
    SyncLog: SyncLog;
    ApiError: ApiError;
  };
  responses: {
    /**
     * Verify the correctness of the parameters.
     *
     * Assumed: A malformed id may be answered with 400 or with 404.
     */
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":400,"message":["id must be a valid sync log id"],"error":"Bad Request"} */
        "application/json": ApiError;
      };
    };
    /**
     * Verify the correctness of the parameters.
     *
     * Assumed: The page does not list it; a malformed workspace id may be answered with 400 or with 404, as for the single sync log.
     */
    BadWorkspaceId: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":400,"message":["workspaceId must be a valid workspace id"],"error":"Bad Request"} */
        "application/json": ApiError;
      };
    };
    /**
     * The API key was not provided.
     *
     * Assumed: A key that is not known gets the same answer as none.
     */
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":401,"message":"The API key was not provided","error":"Unauthorized"} */
        "application/json": ApiError;
      };
    };
    /**
     * The requested resource could not be located.
     *
     * Assumed: A sync log of another workspace and an absent one get the same answer.
     */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":404,"message":"Sync log not found","error":"Not Found"} */
        "application/json": ApiError;
      };
    };
    /**
     * The requested resource could not be located.
     *
     * Assumed: A workspace of somebody else and an absent one get the same answer; one without sync logs gets an empty list.
     */
    WorkspaceNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":404,"message":"Workspace not found","error":"Not Found"} */
        "application/json": ApiError;
      };
    };
    /**
     * Too many requests.
     *
     * Assumed: The documentation does not mention rate limits.
     */
    TooManyRequests: {
      headers: {
        /**
         * How long to wait before the next request, in seconds or as an HTTP date (RFC 9110, section 10.2.3).
         *
         * Assumed: The documentation does not mention rate limits.
         *
         * @example 30
         */
        "Retry-After"?: components["headers"]["RetryAfter"];
        [name: string]: unknown;
      };
      content: {
        /** @example {"statusCode":429,"message":"Too many requests","error":"Too Many Requests"} */
        "application/json": ApiError;
      };
    };
    /** Server error. */
    ServerError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {"statusCode":500,"message":"Internal server error","error":"Internal Server Error"}
         * @example {"statusCode":503,"message":"Service unavailable","error":"Service Unavailable"}
         */
        "application/json": ApiError;
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /**
     * How long to wait before the next request, in seconds or as an HTTP date (RFC 9110, section 10.2.3).
     *
     * Assumed: The documentation does not mention rate limits.
     *
     * @example 30
     */
    RetryAfter: string;
  };
}
export interface operations {
  getSyncLog: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * Unique identifier of the workspace.
         *
         * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
         *
         * @example ws_123e4567-e89b-12d3-a456-426614174000
         */
        workspaceId: WorkspaceId;
        /**
         * Unique identifier of the sync log.
         *
         * Assumed: The pattern is taken from the documentation's example, prefix `sync_` and a UUID.
         *
         * @example sync_123e4567-e89b-12d3-a456-426614174000
         */
        id: SyncLogId;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** Sync log successfully fetched */
      "200": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": SyncLog;
        };
      };
      /**
       * Verify the correctness of the parameters.
       *
       * Assumed: A malformed id may be answered with 400 or with 404.
       */
      "400": components["responses"]["BadRequest"];
      /**
       * The API key was not provided.
       *
       * Assumed: A key that is not known gets the same answer as none.
       */
      "401": components["responses"]["Unauthorized"];
      /**
       * The requested resource could not be located.
       *
       * Assumed: A sync log of another workspace and an absent one get the same answer.
       */
      "404": components["responses"]["NotFound"];
      /**
       * Too many requests.
       *
       * Assumed: The documentation does not mention rate limits.
       */
      "429": components["responses"]["TooManyRequests"];
      /** Server error. */
      "5XX": components["responses"]["ServerError"];
    };
  };
  listSyncLogs: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * Unique identifier of the workspace.
         *
         * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
         *
         * @example ws_123e4567-e89b-12d3-a456-426614174000
         */
        workspaceId: WorkspaceId;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** Sync logs successfully fetched */
      "200": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /** @example [] */
          "application/json": SyncLog[];
        };
      };
      /**
       * Verify the correctness of the parameters.
       *
       * Assumed: The page does not list it; a malformed workspace id may be answered with 400 or with 404, as for the single sync log.
       */
      "400": components["responses"]["BadWorkspaceId"];
      /**
       * The API key was not provided.
       *
       * Assumed: A key that is not known gets the same answer as none.
       */
      "401": components["responses"]["Unauthorized"];
      /**
       * The requested resource could not be located.
       *
       * Assumed: A workspace of somebody else and an absent one get the same answer; one without sync logs gets an empty list.
       */
      "404": components["responses"]["WorkspaceNotFound"];
      /**
       * Too many requests.
       *
       * Assumed: The documentation does not mention rate limits.
       */
      "429": components["responses"]["TooManyRequests"];
      /** Server error. */
      "5XX": components["responses"]["ServerError"];
    };
  };
}

/**
 * Unique identifier of a workspace.
 *
 * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
 *
 * @example ws_123e4567-e89b-12d3-a456-426614174000
 */
export type WorkspaceId = string;

/**
 * Unique identifier of a sync log.
 *
 * Assumed: The pattern is taken from the documentation's example, prefix `sync_` and a UUID.
 *
 * @example sync_123e4567-e89b-12d3-a456-426614174000
 */
export type SyncLogId = string;

/**
 * Unique identifier of an ingestion pipeline.
 *
 * Assumed: The pattern is taken from the documentation's example, prefix `pipe_` and a UUID.
 *
 * @example pipe_123e4567-e89b-12d3-a456-426614174000
 */
export type IngestionPipelineId = string;

/**
 * Unique identifier of a knowledge graph.
 *
 * Assumed: The pattern is taken from the documentation's example, prefix `kg_` and a UUID.
 *
 * @example kg_123e4567-e89b-12d3-a456-426614174000
 */
export type KnowledgeGraphId = string;

/**
 * Type of sync operation.
 *
 * @example full_sync
 */
export type SyncLogType = "full_sync" | "live_sync" | "incremental_sync" | "manual_sync" | (string & {});

/**
 * Status of the sync operation.
 *
 * - `pending`: The sync was created and has not started. Next: `preparing`, or a terminal status.
 * - `preparing`: The sync has started and counts the records that it will ingest. Next: `data_fetching`, or a terminal status.
 * - `data_fetching`: The sync is prepared and fetches data from its source. Next: `ingesting`, or a terminal status.
 * - `ingesting`: The sync ingests the records; `recordsIngested` says how many of `totalRecordsToIngest` are done. Next: `completed`, or another terminal status.
 * - `completed`: The sync ended with success; its records have been ingested. Terminal, with the outcome `success`.
 * - `failed`: The sync ended with a failure; `errorMessage` says why. Terminal, with the outcome `failure`.
 * - `stopped`: The sync was cancelled before it completed. Terminal, with the outcome `cancelled`.
 * - `skipped`: The sync ended with nothing done, which is not a failure. Terminal, with the outcome `nothing-done`.
 *
 * Assumed: What each status means, from its name and the descriptions of the fields; the documentation lists the names alone.
 *
 * @example completed
 */
export type SyncLogStatus = "pending" | "preparing" | "data_fetching" | "ingesting" | "completed" | "failed" | "stopped" | "skipped" | (string & {});

/** The record of one sync operation. The server may add fields; readers accept unknown ones. */
export interface SyncLog {
  /**
   * Unique identifier for the sync log.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `sync_` and a UUID.
   *
   * @example sync_123e4567-e89b-12d3-a456-426614174000
   */
  id: SyncLogId;
  /**
   * The ingestion pipeline this sync log belongs to.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `pipe_` and a UUID.
   *
   * @example pipe_123e4567-e89b-12d3-a456-426614174000
   */
  ingestionPipelineId: IngestionPipelineId;
  /**
   * The knowledge graph this sync log relates to.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `kg_` and a UUID.
   *
   * @example kg_123e4567-e89b-12d3-a456-426614174000
   */
  knowledgeGraphId: KnowledgeGraphId;
  /**
   * The workspace this sync log belongs to.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
   *
   * @example ws_123e4567-e89b-12d3-a456-426614174000
   */
  workspaceId: WorkspaceId;
  /**
   * Type of sync operation.
   *
   * Assumed: Always present; the documentation lists it without saying so.
   *
   * @example full_sync
   */
  type: SyncLogType;
  /**
   * Status of the sync operation.
   *
   * - `pending`: The sync was created and has not started. Next: `preparing`, or a terminal status.
   * - `preparing`: The sync has started and counts the records that it will ingest. Next: `data_fetching`, or a terminal status.
   * - `data_fetching`: The sync is prepared and fetches data from its source. Next: `ingesting`, or a terminal status.
   * - `ingesting`: The sync ingests the records; `recordsIngested` says how many of `totalRecordsToIngest` are done. Next: `completed`, or another terminal status.
   * - `completed`: The sync ended with success; its records have been ingested. Terminal, with the outcome `success`.
   * - `failed`: The sync ended with a failure; `errorMessage` says why. Terminal, with the outcome `failure`.
   * - `stopped`: The sync was cancelled before it completed. Terminal, with the outcome `cancelled`.
   * - `skipped`: The sync ended with nothing done, which is not a failure. Terminal, with the outcome `nothing-done`.
   *
   * Assumed: Always present; the documentation lists it without saying so.
   *
   * @example completed
   */
  status: SyncLogStatus;
  /**
   * When the sync operation started.
   *
   * Format: date-time
   *
   * Assumed: Absent or null until the sync has started.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  startedAt?: string | null;
  /**
   * When the sync operation completed.
   *
   * Format: date-time
   *
   * Assumed: Absent or null until the sync has ended.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  completedAt?: string | null;
  /**
   * Error message if the sync operation failed.
   *
   * Assumed: Absent or null unless the sync failed.
   *
   * @example Failed to connect to data source
   */
  errorMessage?: string | null;
  /**
   * User-facing error message shown in the UI when a sync fails due to a permanent issue.
   *
   * Assumed: The wire name; the documentation gives the description without it. Absent or null where there is none.
   *
   * @example This website is not supported and cannot be synced.
   */
  userFacingErrorMessage?: string | null;
  /**
   * Temporal workflow ID for this sync.
   *
   * Assumed: The wire name; the documentation gives the description without it. Absent or null until there is one.
   *
   * @example sync-sync_123e4567-e89b-12d3-a456-426614174000
   */
  workflowId?: string | null;
  /**
   * Temporal workflow run ID for this sync.
   *
   * Assumed: The wire name; the documentation gives the description without it. Absent or null until there is one.
   *
   * @example run_123e4567-e89b-12d3-a456-426614174000
   */
  workflowRunId?: string | null;
  /**
   * Preparation metadata including record type counts, from record type to count.
   *
   * Assumed: Any record type may occur and every value is a count. Absent or null until the preparation is done.
   *
   * @example {"contacts":1000,"deals":500,"companies":300}
   */
  preparationMetadata?: null | {
    [key: string]: number;
  };
  /**
   * Total number of records that need to be ingested.
   *
   * Assumed: A whole number, 0 or more. Absent or null until it is known.
   *
   * @example 1800
   */
  totalRecordsToIngest?: number | null;
  /**
   * Number of records successfully ingested.
   *
   * Assumed: A whole number, 0 or more. Absent or null until the first record.
   *
   * @example 450
   */
  recordsIngested?: number | null;
  /**
   * When the preparation step was completed.
   *
   * Format: date-time
   *
   * Assumed: Absent or null until the preparation is done.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  preparationCompletedAt?: string | null;
  /**
   * Minimum date for the sync; only records changed after this date are synced.
   *
   * Format: date-time
   *
   * Assumed: Absent or null where the sync has no minimum date.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  minDate?: string | null;
  /**
   * Data for manual sync.
   *
   * Assumed: An object of any shape. Absent or null unless the sync is manual.
   *
   * @example {"manualSyncData":"manual_sync_data"}
   */
  manualSyncData?: null | {
    [key: string]: unknown;
  };
  /**
   * Correlation ID (W3C trace-id) for end-to-end tracing.
   *
   * Assumed: The pattern is that of the documentation's example and of a W3C trace-id. Absent or null where there is none.
   *
   * @example 4fd0b6c2a4d1e0f8a2b9c3d4e5f60718
   */
  correlationId?: string | null;
  /**
   * When the sync log was created.
   *
   * Format: date-time
   *
   * Assumed: Always present; the documentation lists it without saying so.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  createdAt: string;
  /**
   * When the sync log was last updated.
   *
   * Format: date-time
   *
   * Assumed: Always present; the documentation lists it without saying so.
   *
   * @example 2021-01-01T00:00:00.000Z
   */
  updatedAt: string;
}

/**
 * The body of every answer that is not a success.
 *
 * Assumed: The documentation does not describe it; this is the NestJS convention.
 */
export interface ApiError {
  /**
   * The HTTP status of the response.
   *
   * Assumed: Always present, by the NestJS convention; 400 to 599 are the statuses of errors.
   *
   * @example 404
   */
  statusCode: number;
  /**
   * What went wrong, as one sentence or as a list of them.
   *
   * Assumed: Always present, by the NestJS convention.
   *
   * @example Sync log not found
   */
  message: string | string[];
  /**
   * The name of the HTTP status.
   *
   * Assumed: By the NestJS convention.
   *
   * @example Not Found
   */
  error?: string;
}
