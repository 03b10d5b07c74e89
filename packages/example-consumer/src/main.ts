import { serve } from "@hono/node-server";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { createApp } from "./create-app.ts";
import { createImportTracker } from "./import-tracker.ts";
import { createIngestion } from "./ingestion.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`Set ${name}: the service cannot start without it.`);
}

const apiKey = setting("QONTEXT_API_KEY");
const tracker = createImportTracker(
  createSyncLogClient({ apiKey }),
  createIngestion(setting("INGESTION_URL"), apiKey),
  setting("QONTEXT_WORKSPACE_ID"),
);
const server = serve({
  fetch: createApp(tracker).fetch,
  port: Number(process.env["PORT"] ?? 3000),
});

process.once("SIGTERM", () => {
  tracker.stop();
  server.close();
});
