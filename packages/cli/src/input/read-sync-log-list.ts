import type { SyncLogClient } from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";

/** The service answered with something else than a list. */
class NoListError extends Error {
  override readonly name = "NoListError";
}

/** The sync logs of a workspace; whatever else a service puts among them is left out. */
export async function readSyncLogList(
  client: Pick<SyncLogClient, "listSyncLogs">,
  workspaceId: string,
): Promise<readonly SyncLog[]> {
  const list: unknown = await client.listSyncLogs({ workspaceId });
  if (!Array.isArray(list)) {
    throw new NoListError("The answer is no list. Check --base-url: this may not be the service.");
  }
  return list.filter((item) => typeof item === "object" && item !== null && !Array.isArray(item));
}
