import { createSyncLogClient } from "@qontext/sync-log-client";

const client = createSyncLogClient({ apiKey: process.env["QONTEXT_API_KEY"] });

const updates = client.watchWorkspace({
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
});
for await (const { syncLog, reason } of updates) {
  console.log(syncLog.id, reason, syncLog.status);
  if (syncLog.status === "completed") break;
}
