// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import type { SyncLog, operations } from "@qontext/sync-log-schema";
import { callOperation } from "../call-operation.ts";
import type { RequestOptions } from "../request-options.ts";
import { encodePathParameter } from "../request-parts.ts";
import { type ResponsePromise, toResponsePromise } from "../response-promise.ts";
import type { Answer, OutgoingRequest, ResultBody, Transport } from "../transport/transport.ts";

/** What {@link SyncLogMethods.getSyncLog} is asked for. */
export interface GetSyncLogParams {
  /**
   * Unique identifier of the workspace.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
   *
   * @example ws_123e4567-e89b-12d3-a456-426614174000
   */
  readonly workspaceId: NonNullable<operations["getSyncLog"]["parameters"]["path"]>["workspaceId"];
  /**
   * Unique identifier of the sync log.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `sync_` and a UUID.
   *
   * @example sync_123e4567-e89b-12d3-a456-426614174000
   */
  readonly id: NonNullable<operations["getSyncLog"]["parameters"]["path"]>["id"];
}

/** What {@link SyncLogMethods.listSyncLogs} is asked for. */
export interface ListSyncLogsParams {
  /**
   * Unique identifier of the workspace.
   *
   * Assumed: The pattern is taken from the documentation's example, prefix `ws_` and a UUID.
   *
   * @example ws_123e4567-e89b-12d3-a456-426614174000
   */
  readonly workspaceId: NonNullable<operations["listSyncLogs"]["parameters"]["path"]>["workspaceId"];
}

/** One method for each operation of the API. */
export interface SyncLogMethods {
  /**
   * Get sync log by ID
   *
   * Get a single sync log in a given workspace.
   *
   * @param params.workspaceId - Unique identifier of the workspace.
   * @param params.id - Unique identifier of the sync log.
   * @param options - How this request is made.
   * @throws BadRequestError for a 400: Verify the correctness of the parameters.
   * @throws AuthenticationError for a 401: The API key was not provided.
   * @throws NotFoundError for a 404: The requested resource could not be located.
   * @throws RateLimitError for a 429: Too many requests.
   * @throws ServerError for a 5XX: Server error.
   * @throws SyncLogError whatever goes wrong; its `code` says what.
   */
  getSyncLog(params: GetSyncLogParams, options?: RequestOptions): ResponsePromise<SyncLog>;

  /**
   * Get all sync logs
   *
   * Get all sync logs in a given workspace.
   *
   * Assumed: The documentation shows the path, its parameter and the 200. The errors are those of the single sync log.
   *
   * @param params.workspaceId - Unique identifier of the workspace.
   * @param options - How this request is made.
   * @throws BadRequestError for a 400: Verify the correctness of the parameters.
   * @throws AuthenticationError for a 401: The API key was not provided.
   * @throws NotFoundError for a 404: The requested resource could not be located.
   * @throws RateLimitError for a 429: Too many requests.
   * @throws ServerError for a 5XX: Server error.
   * @throws SyncLogError whatever goes wrong; its `code` says what.
   */
  listSyncLogs(params: ListSyncLogsParams, options?: RequestOptions): ResponsePromise<SyncLog[]>;
}

/** What `getSyncLog` sends. */
export function getSyncLogRequest(baseUrl: string, params: GetSyncLogParams): OutgoingRequest {
  return {
    method: "GET",
    url: `${baseUrl}/workspaces/${encodePathParameter("workspaceId", params?.workspaceId)}/sync-logs/${encodePathParameter("id", params?.id)}`,
    resultSchema: "SyncLog",
    identity: ["id", params?.id],
  };
}

/** What is answered to `getSyncLog`. */
export async function getSyncLog(transport: Transport, params: GetSyncLogParams, options?: RequestOptions): Promise<Answer<SyncLog>> {
  return await callOperation<SyncLog>(transport, getSyncLogRequest(transport.baseUrl, params), options);
}

/** What `listSyncLogs` sends. */
export function listSyncLogsRequest(baseUrl: string, params: ListSyncLogsParams): OutgoingRequest {
  return {
    method: "GET",
    url: `${baseUrl}/workspaces/${encodePathParameter("workspaceId", params?.workspaceId)}/sync-logs`,
    resultSchema: "SyncLog",
    isList: true,
  };
}

/** What is answered to `listSyncLogs`. */
export async function listSyncLogs(transport: Transport, params: ListSyncLogsParams, options?: RequestOptions): Promise<Answer<SyncLog[]>> {
  return await callOperation<SyncLog[]>(transport, listSyncLogsRequest(transport.baseUrl, params), options);
}

/** What the bodies of successes are, by the paths of their operations. */
export const resultBodies: readonly ResultBody[] = [
  { method: "GET", path: "/workspaces/{workspaceId}/sync-logs/{id}", resultSchema: "SyncLog" },
  { method: "GET", path: "/workspaces/{workspaceId}/sync-logs", resultSchema: "SyncLog", isList: true },
];

/** The methods on a transport. */
export function createMethods(transport: Transport): SyncLogMethods {
  return {
    getSyncLog: (params, options) => toResponsePromise(transport, getSyncLog(transport, params, options)),
    listSyncLogs: (params, options) => toResponsePromise(transport, listSyncLogs(transport, params, options)),
  };
}
