// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** An OpenAPI document, as far as every one has it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** The OpenAPI document in one piece: nothing in it refers to another file. */
export const openapiDocument: OpenApiDocument = {
  "openapi": "3.1.1",
  "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
  "info": {
    "title": "Qontext sync logs",
    "version": "1.0.0",
    "summary": "What became of a sync.",
    "description": "An ingestion starts a sync and answers with a sync log id. This API tells what became of that sync.\n\nWhere the API documentation is silent, this document assumes; every assumption is marked with `x-assumption`.\n`specs/README.md` explains the extensions and where each fact comes from.\n",
    "license": {
      "name": "MIT",
      "identifier": "MIT"
    }
  },
  "servers": [
    {
      "url": "https://api.qontext.ai",
      "description": "Production"
    }
  ],
  "tags": [
    {
      "name": "Sync logs",
      "description": "One sync log records one run of an ingestion pipeline, from `pending` to a terminal status."
    }
  ],
  "security": [
    {
      "apiKey": []
    }
  ],
  "paths": {
    "/workspaces/{workspaceId}/sync-logs/{id}": {
      "get": {
        "operationId": "getSyncLog",
        "tags": [
          "Sync logs"
        ],
        "summary": "Get sync log by ID",
        "description": "Get a single sync log in a given workspace.",
        "parameters": [
          {
            "name": "workspaceId",
            "in": "path",
            "required": true,
            "description": "Unique identifier of the workspace.",
            "schema": {
              "$ref": "#/components/schemas/WorkspaceId"
            },
            "example": "ws_123e4567-e89b-12d3-a456-426614174000"
          },
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "Unique identifier of the sync log.",
            "schema": {
              "$ref": "#/components/schemas/SyncLogId"
            },
            "example": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad"
          }
        ],
        "responses": {
          "200": {
            "description": "Sync log successfully fetched",
            "x-invariants": [
              {
                "id": "id-matches-path",
                "rule": "self.id == request.path.id",
                "message": "The sync log's id is not the one that was asked for.",
                "severity": "error",
                "x-assumption": "The documentation says that the operation gets the sync log with this id."
              },
              {
                "id": "workspace-matches-path",
                "rule": "self.workspaceId == request.path.workspaceId",
                "message": "The sync log belongs to another workspace than the one that was asked for.",
                "severity": "error",
                "x-assumption": "The documentation says that the operation gets a sync log in a given workspace."
              }
            ],
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncLog"
                },
                "examples": {
                  "pending": {
                    "summary": "Created, not started",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "pending",
                      "startedAt": null,
                      "completedAt": null,
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": null,
                      "workflowRunId": null,
                      "preparationMetadata": null,
                      "totalRecordsToIngest": null,
                      "recordsIngested": null,
                      "preparationCompletedAt": null,
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:00:00.000Z"
                    }
                  },
                  "preparing": {
                    "summary": "Started, counting records",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "preparing",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": null,
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": null,
                      "totalRecordsToIngest": null,
                      "recordsIngested": null,
                      "preparationCompletedAt": null,
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:00:05.000Z"
                    }
                  },
                  "data_fetching": {
                    "summary": "Prepared, fetching data",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "data_fetching",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": null,
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 0,
                      "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:01:30.000Z"
                    }
                  },
                  "ingesting": {
                    "summary": "A quarter of the records are ingested",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "ingesting",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": null,
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 450,
                      "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:04:00.000Z"
                    }
                  },
                  "completed": {
                    "summary": "Ended with success",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "completed",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": "2021-01-01T00:10:00.000Z",
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 1800,
                      "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:10:00.000Z"
                    }
                  },
                  "failed": {
                    "summary": "Ended with a failure",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "incremental_sync",
                      "status": "failed",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": "2021-01-01T00:05:00.000Z",
                      "errorMessage": "Failed to connect to data source",
                      "userFacingErrorMessage": "This website is not supported and cannot be synced.",
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 450,
                      "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                      "minDate": "2020-12-01T00:00:00.000Z",
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:05:00.000Z"
                    }
                  },
                  "stopped": {
                    "summary": "Cancelled while it was ingesting",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "manual_sync",
                      "status": "stopped",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": "2021-01-01T00:05:00.000Z",
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 450,
                      "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                      "minDate": null,
                      "manualSyncData": {
                        "manualSyncData": "manual_sync_data"
                      },
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:05:00.000Z"
                    }
                  },
                  "skipped": {
                    "summary": "Ended with nothing done",
                    "value": {
                      "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "live_sync",
                      "status": "skipped",
                      "startedAt": "2021-01-01T00:00:05.000Z",
                      "completedAt": "2021-01-01T00:00:10.000Z",
                      "errorMessage": null,
                      "userFacingErrorMessage": null,
                      "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": null,
                      "totalRecordsToIngest": null,
                      "recordsIngested": null,
                      "preparationCompletedAt": null,
                      "minDate": null,
                      "manualSyncData": null,
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:00:10.000Z"
                    }
                  },
                  "documentation": {
                    "summary": "The documentation's field catalogue",
                    "description": "Shows one example value for each field, as the API documentation does. It is not a state the\nservice is in: it is `completed` with an error message. It breaks the invariant\n`completed-has-no-error` by design.\n",
                    "value": {
                      "id": "sync_123e4567-e89b-12d3-a456-426614174000",
                      "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                      "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                      "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                      "type": "full_sync",
                      "status": "completed",
                      "startedAt": "2021-01-01T00:00:00.000Z",
                      "completedAt": "2021-01-01T00:00:00.000Z",
                      "errorMessage": "Failed to connect to data source",
                      "userFacingErrorMessage": "This website is not supported and cannot be synced.",
                      "workflowId": "sync-sync_123e4567-e89b-12d3-a456-426614174000",
                      "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                      "preparationMetadata": {
                        "contacts": 1000,
                        "deals": 500,
                        "companies": 300
                      },
                      "totalRecordsToIngest": 1800,
                      "recordsIngested": 450,
                      "preparationCompletedAt": "2021-01-01T00:00:00.000Z",
                      "minDate": "2021-01-01T00:00:00.000Z",
                      "manualSyncData": {
                        "manualSyncData": "manual_sync_data"
                      },
                      "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                      "createdAt": "2021-01-01T00:00:00.000Z",
                      "updatedAt": "2021-01-01T00:00:00.000Z"
                    }
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "5XX": {
            "$ref": "#/components/responses/ServerError"
          }
        }
      }
    },
    "/workspaces/{workspaceId}/sync-logs": {
      "get": {
        "operationId": "listSyncLogs",
        "tags": [
          "Sync logs"
        ],
        "summary": "Get all sync logs",
        "description": "Get all sync logs in a given workspace.",
        "x-assumption": "The documentation shows the path, its parameter and the 200. The errors are those of the single sync log.",
        "parameters": [
          {
            "name": "workspaceId",
            "in": "path",
            "required": true,
            "description": "Unique identifier of the workspace.",
            "schema": {
              "$ref": "#/components/schemas/WorkspaceId"
            },
            "example": "ws_123e4567-e89b-12d3-a456-426614174000"
          }
        ],
        "responses": {
          "200": {
            "description": "Sync logs successfully fetched",
            "x-invariants": [
              {
                "id": "listed-in-their-workspace",
                "rule": "self.all(log, log.workspaceId == request.path.workspaceId)",
                "message": "A listed sync log belongs to another workspace than the one that was asked for.",
                "severity": "error",
                "x-assumption": "The documentation says that the operation gets the sync logs in a given workspace."
              },
              {
                "id": "listed-once",
                "rule": "isUnique(self, \"id\")",
                "message": "A sync log is listed more than once.",
                "severity": "error",
                "x-assumption": "The documentation says that the id is unique."
              }
            ],
            "content": {
              "application/json": {
                "schema": {
                  "type": "array",
                  "description": "The sync logs of a workspace.",
                  "items": {
                    "$ref": "#/components/schemas/SyncLog"
                  },
                  "x-assumption": "The whole list; no paging is documented. Its order is not documented, so none is promised. The items have the fields of the single sync log; the page lists an older state of them."
                },
                "examples": {
                  "empty": {
                    "summary": "A workspace without sync logs",
                    "value": []
                  },
                  "several": {
                    "summary": "Sync logs of several statuses",
                    "value": [
                      {
                        "id": "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                        "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                        "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                        "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                        "type": "full_sync",
                        "status": "ingesting",
                        "startedAt": "2021-01-01T00:00:05.000Z",
                        "completedAt": null,
                        "errorMessage": null,
                        "userFacingErrorMessage": null,
                        "workflowId": "sync-sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
                        "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                        "preparationMetadata": {
                          "contacts": 1000,
                          "deals": 500,
                          "companies": 300
                        },
                        "totalRecordsToIngest": 1800,
                        "recordsIngested": 450,
                        "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                        "minDate": null,
                        "manualSyncData": null,
                        "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                        "createdAt": "2021-01-01T00:00:00.000Z",
                        "updatedAt": "2021-01-01T00:04:00.000Z"
                      },
                      {
                        "id": "sync_0b5f3f60-7f4e-4c1d-9a52-6d1f0c8e2b11",
                        "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                        "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                        "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                        "type": "full_sync",
                        "status": "completed",
                        "startedAt": "2021-01-01T00:00:05.000Z",
                        "completedAt": "2021-01-01T00:10:00.000Z",
                        "errorMessage": null,
                        "userFacingErrorMessage": null,
                        "workflowId": "sync-sync_0b5f3f60-7f4e-4c1d-9a52-6d1f0c8e2b11",
                        "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                        "preparationMetadata": {
                          "contacts": 1000,
                          "deals": 500,
                          "companies": 300
                        },
                        "totalRecordsToIngest": 1800,
                        "recordsIngested": 1800,
                        "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                        "minDate": null,
                        "manualSyncData": null,
                        "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                        "createdAt": "2021-01-01T00:00:00.000Z",
                        "updatedAt": "2021-01-01T00:10:00.000Z"
                      },
                      {
                        "id": "sync_9c1de4b7-2a63-4e0f-8d7c-3f5a6b7c8d22",
                        "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                        "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                        "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                        "type": "incremental_sync",
                        "status": "failed",
                        "startedAt": "2021-01-01T00:00:05.000Z",
                        "completedAt": "2021-01-01T00:05:00.000Z",
                        "errorMessage": "Failed to connect to data source",
                        "userFacingErrorMessage": "This website is not supported and cannot be synced.",
                        "workflowId": "sync-sync_9c1de4b7-2a63-4e0f-8d7c-3f5a6b7c8d22",
                        "workflowRunId": "run_123e4567-e89b-12d3-a456-426614174000",
                        "preparationMetadata": {
                          "contacts": 1000,
                          "deals": 500,
                          "companies": 300
                        },
                        "totalRecordsToIngest": 1800,
                        "recordsIngested": 450,
                        "preparationCompletedAt": "2021-01-01T00:01:00.000Z",
                        "minDate": "2020-12-01T00:00:00.000Z",
                        "manualSyncData": null,
                        "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                        "createdAt": "2021-01-01T00:00:00.000Z",
                        "updatedAt": "2021-01-01T00:05:00.000Z"
                      },
                      {
                        "id": "sync_c3e8a915-64d2-47b8-b1f0-8e9d0a1b2c33",
                        "ingestionPipelineId": "pipe_123e4567-e89b-12d3-a456-426614174000",
                        "knowledgeGraphId": "kg_123e4567-e89b-12d3-a456-426614174000",
                        "workspaceId": "ws_123e4567-e89b-12d3-a456-426614174000",
                        "type": "full_sync",
                        "status": "pending",
                        "startedAt": null,
                        "completedAt": null,
                        "errorMessage": null,
                        "userFacingErrorMessage": null,
                        "workflowId": null,
                        "workflowRunId": null,
                        "preparationMetadata": null,
                        "totalRecordsToIngest": null,
                        "recordsIngested": null,
                        "preparationCompletedAt": null,
                        "minDate": null,
                        "manualSyncData": null,
                        "correlationId": "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
                        "createdAt": "2021-01-01T00:00:00.000Z",
                        "updatedAt": "2021-01-01T00:00:00.000Z"
                      }
                    ]
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadWorkspaceId"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/WorkspaceNotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "5XX": {
            "$ref": "#/components/responses/ServerError"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The API key. Keys look like `q_sk_…`."
      }
    },
    "schemas": {
      "WorkspaceId": {
        "type": "string",
        "description": "Unique identifier of a workspace.",
        "pattern": "^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "examples": [
          "ws_123e4567-e89b-12d3-a456-426614174000"
        ],
        "x-assumption": "The pattern is taken from the documentation's example, prefix `ws_` and a UUID."
      },
      "SyncLogId": {
        "type": "string",
        "description": "Unique identifier of a sync log.",
        "pattern": "^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "examples": [
          "sync_123e4567-e89b-12d3-a456-426614174000"
        ],
        "x-assumption": "The pattern is taken from the documentation's example, prefix `sync_` and a UUID."
      },
      "IngestionPipelineId": {
        "type": "string",
        "description": "Unique identifier of an ingestion pipeline.",
        "pattern": "^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "examples": [
          "pipe_123e4567-e89b-12d3-a456-426614174000"
        ],
        "x-assumption": "The pattern is taken from the documentation's example, prefix `pipe_` and a UUID."
      },
      "KnowledgeGraphId": {
        "type": "string",
        "description": "Unique identifier of a knowledge graph.",
        "pattern": "^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "examples": [
          "kg_123e4567-e89b-12d3-a456-426614174000"
        ],
        "x-assumption": "The pattern is taken from the documentation's example, prefix `kg_` and a UUID."
      },
      "SyncLogType": {
        "type": "string",
        "description": "Type of sync operation.",
        "enum": [
          "full_sync",
          "live_sync",
          "incremental_sync",
          "manual_sync"
        ],
        "examples": [
          "full_sync"
        ],
        "x-provenance": "documented"
      },
      "SyncLogStatus": {
        "type": "string",
        "description": "Status of the sync operation.",
        "enum": [
          "pending",
          "preparing",
          "data_fetching",
          "ingesting",
          "completed",
          "failed",
          "stopped",
          "skipped"
        ],
        "examples": [
          "completed"
        ],
        "x-provenance": "documented"
      },
      "SyncLog": {
        "type": "object",
        "description": "The record of one sync operation. The server may add fields; readers accept unknown ones.\n",
        "required": [
          "id",
          "ingestionPipelineId",
          "knowledgeGraphId",
          "workspaceId",
          "type",
          "status",
          "createdAt",
          "updatedAt"
        ],
        "properties": {
          "id": {
            "$ref": "#/components/schemas/SyncLogId",
            "description": "Unique identifier for the sync log.",
            "examples": [
              "sync_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-provenance": "documented"
          },
          "ingestionPipelineId": {
            "$ref": "#/components/schemas/IngestionPipelineId",
            "description": "The ingestion pipeline this sync log belongs to.",
            "examples": [
              "pipe_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-provenance": "documented"
          },
          "knowledgeGraphId": {
            "$ref": "#/components/schemas/KnowledgeGraphId",
            "description": "The knowledge graph this sync log relates to.",
            "examples": [
              "kg_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-provenance": "documented"
          },
          "workspaceId": {
            "$ref": "#/components/schemas/WorkspaceId",
            "description": "The workspace this sync log belongs to.",
            "examples": [
              "ws_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-provenance": "documented"
          },
          "type": {
            "$ref": "#/components/schemas/SyncLogType",
            "description": "Type of sync operation.",
            "examples": [
              "full_sync"
            ],
            "x-assumption": "Always present; the documentation lists it without saying so."
          },
          "status": {
            "$ref": "#/components/schemas/SyncLogStatus",
            "description": "Status of the sync operation.",
            "examples": [
              "completed"
            ],
            "x-assumption": "Always present; the documentation lists it without saying so."
          },
          "startedAt": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "When the sync operation started.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Absent or null until the sync has started."
          },
          "completedAt": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "When the sync operation completed.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Absent or null until the sync has ended."
          },
          "errorMessage": {
            "type": [
              "string",
              "null"
            ],
            "description": "Error message if the sync operation failed.",
            "examples": [
              "Failed to connect to data source"
            ],
            "x-assumption": "Absent or null unless the sync failed."
          },
          "userFacingErrorMessage": {
            "type": [
              "string",
              "null"
            ],
            "description": "User-facing error message shown in the UI when a sync fails due to a permanent issue.",
            "examples": [
              "This website is not supported and cannot be synced."
            ],
            "x-assumption": "The wire name; the documentation gives the description without it. Absent or null where there is none."
          },
          "workflowId": {
            "type": [
              "string",
              "null"
            ],
            "description": "Temporal workflow ID for this sync.",
            "examples": [
              "sync-sync_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-assumption": "The wire name; the documentation gives the description without it. Absent or null until there is one."
          },
          "workflowRunId": {
            "type": [
              "string",
              "null"
            ],
            "description": "Temporal workflow run ID for this sync.",
            "examples": [
              "run_123e4567-e89b-12d3-a456-426614174000"
            ],
            "x-assumption": "The wire name; the documentation gives the description without it. Absent or null until there is one."
          },
          "preparationMetadata": {
            "type": [
              "object",
              "null"
            ],
            "description": "Preparation metadata including record type counts, from record type to count.",
            "additionalProperties": {
              "type": "integer",
              "minimum": 0
            },
            "examples": [
              {
                "contacts": 1000,
                "deals": 500,
                "companies": 300
              }
            ],
            "x-assumption": "Any record type may occur and every value is a count. Absent or null until the preparation is done."
          },
          "totalRecordsToIngest": {
            "type": [
              "integer",
              "null"
            ],
            "minimum": 0,
            "description": "Total number of records that need to be ingested.",
            "examples": [
              1800
            ],
            "x-assumption": "A whole number, 0 or more. Absent or null until it is known."
          },
          "recordsIngested": {
            "type": [
              "integer",
              "null"
            ],
            "minimum": 0,
            "description": "Number of records successfully ingested.",
            "examples": [
              450
            ],
            "x-assumption": "A whole number, 0 or more. Absent or null until the first record."
          },
          "preparationCompletedAt": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "When the preparation step was completed.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Absent or null until the preparation is done."
          },
          "minDate": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Minimum date for the sync; only records changed after this date are synced.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Absent or null where the sync has no minimum date."
          },
          "manualSyncData": {
            "type": [
              "object",
              "null"
            ],
            "description": "Data for manual sync.",
            "additionalProperties": true,
            "examples": [
              {
                "manualSyncData": "manual_sync_data"
              }
            ],
            "x-assumption": "An object of any shape. Absent or null unless the sync is manual."
          },
          "correlationId": {
            "type": [
              "string",
              "null"
            ],
            "description": "Correlation ID (W3C trace-id) for end-to-end tracing.",
            "pattern": "^[0-9a-f]{32}$",
            "examples": [
              "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718"
            ],
            "x-assumption": "The pattern is that of the documentation's example and of a W3C trace-id. Absent or null where there is none."
          },
          "createdAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the sync log was created.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Always present; the documentation lists it without saying so."
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the sync log was last updated.",
            "examples": [
              "2021-01-01T00:00:00.000Z"
            ],
            "x-assumption": "Always present; the documentation lists it without saying so."
          }
        },
        "x-lifecycle": {
          "property": "status",
          "initial": "pending",
          "order": [
            "pending",
            "preparing",
            "data_fetching",
            "ingesting",
            "completed"
          ],
          "terminal": {
            "completed": "success",
            "failed": "failure",
            "stopped": "cancelled",
            "skipped": "nothing-done"
          },
          "x-assumption": "From the names and descriptions of the statuses; the documentation lists them without an order."
        },
        "x-invariants": [
          {
            "id": "ingested-within-total",
            "rule": "!has(self.recordsIngested) || self.recordsIngested == null || !has(self.totalRecordsToIngest) || self.totalRecordsToIngest == null || self.recordsIngested <= self.totalRecordsToIngest",
            "message": "More records are ingested than there are to ingest.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions; the total is the number of records that need to be ingested."
          },
          {
            "id": "prepared-after-start",
            "rule": "!has(self.startedAt) || self.startedAt == null || !has(self.preparationCompletedAt) || self.preparationCompletedAt == null || instant(self.startedAt) <= instant(self.preparationCompletedAt)",
            "message": "The preparation was completed before the sync started.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions; the preparation is a step of the sync."
          },
          {
            "id": "completed-after-preparation",
            "rule": "!has(self.preparationCompletedAt) || self.preparationCompletedAt == null || !has(self.completedAt) || self.completedAt == null || instant(self.preparationCompletedAt) <= instant(self.completedAt)",
            "message": "The sync completed before its preparation did.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions; the preparation is a step of the sync."
          },
          {
            "id": "completed-after-start",
            "rule": "!has(self.startedAt) || self.startedAt == null || !has(self.completedAt) || self.completedAt == null || instant(self.startedAt) <= instant(self.completedAt)",
            "message": "The sync completed before it started.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions of the two instants."
          },
          {
            "id": "updated-after-creation",
            "rule": "!has(self.createdAt) || !has(self.updatedAt) || instant(self.createdAt) <= instant(self.updatedAt)",
            "message": "The sync log was updated before it was created.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions; the first update is the creation."
          },
          {
            "id": "completed-has-completed-at",
            "rule": "self.status != 'completed' || has(self.completedAt) && self.completedAt != null",
            "message": "A completed sync has no completedAt.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions of the status and of the instant."
          },
          {
            "id": "running-has-no-completed-at",
            "rule": "isTerminal(self.status) || !has(self.completedAt) || self.completedAt == null",
            "message": "A sync that has not ended has a completedAt.",
            "severity": "error",
            "x-assumption": "Follows from the description; a sync that runs has not completed."
          },
          {
            "id": "failed-has-error-message",
            "rule": "self.status != 'failed' || has(self.errorMessage) && self.errorMessage != null",
            "message": "A failed sync has no errorMessage.",
            "severity": "error",
            "x-assumption": "Follows from the description; the message is there if the sync failed."
          },
          {
            "id": "completed-has-no-error",
            "rule": "self.status != 'completed' || (!has(self.errorMessage) || self.errorMessage == null) && (!has(self.userFacingErrorMessage) || self.userFacingErrorMessage == null)",
            "message": "A completed sync has an error message.",
            "severity": "error",
            "x-assumption": "Follows from the descriptions; both messages are for a sync that failed."
          },
          {
            "id": "lifecycle-is-followed",
            "rule": "canFollow(oldSelf.status, self.status)",
            "message": "The status went back, or left a terminal status.",
            "severity": "error",
            "x-assumption": "From the names and descriptions of the statuses; the documentation lists them without an order."
          },
          {
            "id": "ingested-never-falls",
            "rule": "!has(self.recordsIngested) || self.recordsIngested == null || !has(oldSelf.recordsIngested) || oldSelf.recordsIngested == null || self.recordsIngested >= oldSelf.recordsIngested",
            "message": "The number of ingested records fell.",
            "severity": "error",
            "x-assumption": "Follows from the description; a record that was ingested stays ingested."
          },
          {
            "id": "creation-never-changes",
            "rule": "!has(self.createdAt) || !has(oldSelf.createdAt) || instant(self.createdAt) == instant(oldSelf.createdAt)",
            "message": "The createdAt of a sync log changed.",
            "severity": "error",
            "x-assumption": "Follows from the description; a sync log is created once."
          },
          {
            "id": "terminal-never-changes",
            "rule": "!isTerminal(oldSelf.status) || self == oldSelf",
            "message": "A sync log changed after it had reached a terminal status.",
            "severity": "error",
            "x-assumption": "From the names of the statuses; nothing happens to a sync that has ended."
          }
        ]
      },
      "ApiError": {
        "type": "object",
        "description": "The body of every answer that is not a success.",
        "x-assumption": "The documentation does not describe it; this is the NestJS convention.",
        "required": [
          "statusCode",
          "message"
        ],
        "properties": {
          "statusCode": {
            "type": "integer",
            "minimum": 400,
            "maximum": 599,
            "description": "The HTTP status of the response.",
            "examples": [
              404
            ],
            "x-assumption": "Always present, by the NestJS convention; 400 to 599 are the statuses of errors."
          },
          "message": {
            "description": "What went wrong, as one sentence or as a list of them.",
            "examples": [
              "Sync log not found"
            ],
            "oneOf": [
              {
                "type": "string"
              },
              {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            ],
            "x-assumption": "Always present, by the NestJS convention."
          },
          "error": {
            "type": "string",
            "description": "The name of the HTTP status.",
            "examples": [
              "Not Found"
            ],
            "x-assumption": "By the NestJS convention."
          }
        },
        "x-invariants": [
          {
            "id": "error-status-matches",
            "rule": "self.statusCode == response.status",
            "message": "The error body names another status than the response has.",
            "severity": "error",
            "x-assumption": "By the NestJS convention."
          }
        ]
      }
    },
    "headers": {
      "RetryAfter": {
        "description": "How long to wait before the next request, in seconds or as an HTTP date (RFC 9110, section 10.2.3).",
        "schema": {
          "type": "string"
        },
        "example": "30",
        "x-assumption": "The documentation does not mention rate limits."
      }
    },
    "responses": {
      "BadRequest": {
        "description": "Verify the correctness of the parameters.",
        "x-assumption": "A malformed id may be answered with 400 or with 404.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "bad-request": {
                "summary": "A malformed id",
                "value": {
                  "statusCode": 400,
                  "message": [
                    "id must be a valid sync log id"
                  ],
                  "error": "Bad Request"
                }
              }
            }
          }
        }
      },
      "BadWorkspaceId": {
        "description": "Verify the correctness of the parameters.",
        "x-assumption": "The page does not list it; a malformed workspace id may be answered with 400 or with 404, as for the single sync log.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "bad-workspace-id": {
                "summary": "A malformed workspace id",
                "value": {
                  "statusCode": 400,
                  "message": [
                    "workspaceId must be a valid workspace id"
                  ],
                  "error": "Bad Request"
                }
              }
            }
          }
        }
      },
      "Unauthorized": {
        "description": "The API key was not provided.",
        "x-assumption": "A key that is not known gets the same answer as none.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "unauthorized": {
                "summary": "No API key, or one that is not known",
                "value": {
                  "statusCode": 401,
                  "message": "The API key was not provided",
                  "error": "Unauthorized"
                }
              }
            }
          }
        }
      },
      "NotFound": {
        "description": "The requested resource could not be located.",
        "x-assumption": "A sync log of another workspace and an absent one get the same answer.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "not-found": {
                "summary": "No such sync log in this workspace",
                "value": {
                  "statusCode": 404,
                  "message": "Sync log not found",
                  "error": "Not Found"
                }
              }
            }
          }
        }
      },
      "WorkspaceNotFound": {
        "description": "The requested resource could not be located.",
        "x-assumption": "A workspace of somebody else and an absent one get the same answer; one without sync logs gets an empty list.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "workspace-not-found": {
                "summary": "No such workspace",
                "value": {
                  "statusCode": 404,
                  "message": "Workspace not found",
                  "error": "Not Found"
                }
              }
            }
          }
        }
      },
      "TooManyRequests": {
        "description": "Too many requests.",
        "x-assumption": "The documentation does not mention rate limits.",
        "headers": {
          "Retry-After": {
            "$ref": "#/components/headers/RetryAfter"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "too-many-requests": {
                "summary": "The rate limit is reached",
                "value": {
                  "statusCode": 429,
                  "message": "Too many requests",
                  "error": "Too Many Requests"
                }
              }
            }
          }
        }
      },
      "ServerError": {
        "description": "Server error.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ApiError"
            },
            "examples": {
              "internal-server-error": {
                "summary": "An error in the service",
                "value": {
                  "statusCode": 500,
                  "message": "Internal server error",
                  "error": "Internal Server Error"
                }
              },
              "service-unavailable": {
                "summary": "The service is not available",
                "value": {
                  "statusCode": 503,
                  "message": "Service unavailable",
                  "error": "Service Unavailable"
                }
              }
            }
          }
        }
      }
    }
  }
};
