import { serve } from "@hono/node-server";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { createApp } from "./create-app.ts";
import { createLocalTracker } from "./create-local-tracker.ts";
import { createSharedTracker } from "./create-shared-tracker.ts";
import { createIngestion } from "./ingestion.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`Set ${name}: the service cannot start without it.`);
}

const apiKey = setting("QONTEXT_API_KEY");
const client = createSyncLogClient({ apiKey });
const ingestion = createIngestion(setting("INGESTION_URL"), apiKey);
const workspaceId = setting("QONTEXT_WORKSPACE_ID");

// With Redis, imports outlive this instance, and every instance knows all of them.
const redisUrl = process.env["REDIS_URL"];
const tracker = redisUrl
  ? createSharedTracker(client, ingestion, workspaceId, redisUrl)
  : createLocalTracker(client, ingestion, workspaceId);

const server = serve(
  {
    fetch: createApp(tracker).fetch,
    hostname: process.env["HOST"] ?? "0.0.0.0",
    port: Number(process.env["PORT"] ?? 3000),
  },
  ({ port }) => process.stdout.write(`Listening on port ${port}.\n`),
);

process.once("SIGTERM", () => {
  // Requests in flight may still start an import.
  server.close(() => void tracker.stop());
});
