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

/** What is to be said of a list with anything else than logs in it; null for one without. */
export function otherItems(list: readonly unknown[]): string | null {
  const count = list.length - syncLogsIn(list).length;
  if (count === 0) return null;
  return count === 1
    ? "1 item of the list is no sync log, and is left out."
    : `${count} items of the list are no sync logs, and are left out.`;
}

/** The list of a workspace, as it came. */
export async function readSyncLogList(
  client: Pick<SyncLogClient, "listSyncLogs">,
  workspaceId: string,
): Promise<readonly unknown[]> {
  const list: unknown = await client.listSyncLogs({ workspaceId });
  if (!Array.isArray(list)) {
    throw new NoListError("The answer is no list. Check --base-url: this may not be the service.");
  }
  return list;
}
