// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

import { encodePathParameter } from "../request-parts.ts";
import type { OutgoingRequest } from "../transport/transport.ts";
import type { GetSyncLogParams } from "./methods.ts";

/** What each operation sends, by its operationId. */
export const requests = {
  getSyncLog: (baseUrl: string, params: GetSyncLogParams): OutgoingRequest => ({
    method: "GET",
    url: `${baseUrl}/workspaces/${encodePathParameter("workspaceId", params.workspaceId)}/sync-logs/${encodePathParameter("id", params.id)}`,
  }),
};
