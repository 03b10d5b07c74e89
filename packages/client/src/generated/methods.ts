// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import type { SyncLog, operations } from "@qontext/sync-log-schema";
import { callOperation } from "../call-operation.ts";
import type { RequestOptions } from "../request-options.ts";
import { encodePathParameter } from "../request-parts.ts";
import { type ResponsePromise, toResponsePromise } from "../response-promise.ts";
import type { Answer, OutgoingRequest, Transport } from "../transport/transport.ts";

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

/** The methods on a transport. */
export function createMethods(transport: Transport): SyncLogMethods {
  return {
    getSyncLog: (params, options) => toResponsePromise(transport, getSyncLog(transport, params, options)),
  };
}
