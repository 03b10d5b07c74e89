import type { GetSyncLogParams } from "../generated/methods.ts";
import { iterateUpdates } from "./iterate-updates.ts";
import type { StartWait } from "./start-wait.ts";
import { type WatchOptions, watchRules } from "./wait-options.ts";
import type { SyncLogUpdate } from "./wait-result.ts";

/**
 * The updates of a sync log, to be read one after the other; the last one is the terminal one. The
 * wait begins with the first read. Leaving the loop ends it.
 */
export function watchSyncLog(
  startWait: StartWait,
  parameters: GetSyncLogParams,
  options: WatchOptions = {},
): AsyncIterableIterator<SyncLogUpdate, undefined> {
  return iterateUpdates({
    begin({ tell, fail }) {
      const listener = {
        tell: (update: SyncLogUpdate) => tell(update, update.isTerminal),
        fail,
      };
      const wait = startWait(parameters, options, watchRules, listener);
      return () => wait.stop();
    },
    keep,
  });
}

/** A slow reader gets every status, and of each the latest counts. */
function keep(unread: SyncLogUpdate[], update: SyncLogUpdate): void {
  const last = unread.at(-1);
  if (last?.syncLog.status === update.syncLog.status) unread.pop();
  unread.push(update);
}
