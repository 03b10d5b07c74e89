// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

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
} as const;

/** The operationId of an operation in {@link operationTable}. */
export type OperationId = keyof typeof operationTable;

/** Each security scheme by its name: where the credential goes. */
export const securitySchemes = {
  apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
} as const;
