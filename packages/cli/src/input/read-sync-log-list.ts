import type { SyncLogClient } from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";

/** The service answered with something else than a list. */
class NoListError extends Error {
  override readonly name = "NoListError";
}

/** The logs in a list; whatever else a service puts among them is left out. */
export function syncLogsIn(list: readonly unknown[]): readonly SyncLog[] {
  return list.filter(
    (item): item is SyncLog => typeof item === "object" && item !== null && !Array.isArray(item),
  );
}

/** The sync logs of a workspace. */
export async function readSyncLogList(
  client: Pick<SyncLogClient, "listSyncLogs">,
  workspaceId: string,
): Promise<readonly SyncLog[]> {
  const list: unknown = await client.listSyncLogs({ workspaceId });
  if (!Array.isArray(list)) {
    throw new NoListError("The answer is no list. Check --base-url: this may not be the service.");
  }
  return syncLogsIn(list);
}
