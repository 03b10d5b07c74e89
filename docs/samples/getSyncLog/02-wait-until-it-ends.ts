import { createSyncLogClient } from "@qontext/sync-log-client";

const client = createSyncLogClient({ apiKey: process.env["QONTEXT_API_KEY"] });

const result = await client.waitForSyncLog(
  {
    workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
    id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
  },
  {
    maxWaitMs: 3_600_000,
    onProgress: ({ syncLog, percent }) => console.log(syncLog.status, percent),
  },
);
console.log(result.status, result.syncLog.recordsIngested);
