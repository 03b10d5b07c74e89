import { createSyncLogClient } from "@qontext/sync-log-client";

const client = createSyncLogClient({ apiKey: process.env["QONTEXT_API_KEY"] });

const syncLogs = await client.listSyncLogs({
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
});
for (const { id, status } of syncLogs) console.log(id, status);
