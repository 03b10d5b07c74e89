// Reads the sync log over the transport and from the server that the arguments name, as the environment of Node has it.
import { createSyncLogClient } from "@qontext/sync-log-client";
import { createNodeFetch } from "@qontext/sync-log-client/node";

const [transport, baseUrl] = process.argv.slice(2);
const nodeFetch = createNodeFetch();
const client = createSyncLogClient({
  baseUrl,
  retry: false,
  ...(transport === "createNodeFetch" && { fetch: nodeFetch }),
});
const { id } = await client.getSyncLog({
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
  id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
});
console.log(id);
nodeFetch.close();
