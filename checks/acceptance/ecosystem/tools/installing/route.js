// A route of Next's on its edge runtime: waits for a sync, and asks for one that is not there.
import { createSyncLogClient, NotFoundError } from "@qontext/sync-log-client";

export const runtime = "edge";

export async function GET(request) {
  const { baseUrl, workspaceId, id, absent } = Object.fromEntries(
    new URL(request.url).searchParams,
  );
  if (baseUrl === undefined) return Response.json("ready");
  const client = createSyncLogClient({ apiKey: "q_sk_test", baseUrl });
  const options = { minIntervalMs: 1, maxIntervalMs: 5 };
  const { status } = await client.waitForSyncLog({ workspaceId, id }, options);
  const error = await client.getSyncLog({ workspaceId, id: absent }).catch((thrown) => thrown);
  return Response.json({ status, error: error instanceof NotFoundError && error.code });
}
