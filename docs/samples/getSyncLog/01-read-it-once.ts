import { createSyncLogClient } from "@qontext/sync-log-client";

const client = createSyncLogClient({ apiKey: process.env["QONTEXT_API_KEY"] });

const syncLog = await client.getSyncLog({
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
  id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
});
console.log(syncLog.status, syncLog.recordsIngested);
