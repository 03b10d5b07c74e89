import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { WatchedLog } from "./watched-log.ts";

/** Shows how a watch goes on. */
export interface WatchDisplay {
  /** Something changed in one log. */
  readonly onUpdate: (id: string, update: SyncLogUpdate) => void;
  /** Something is to be told beside the updates. */
  readonly note: (line: string) => void;
  /** No more updates come: leaves the screen as it is to stay, and shows what only the end can show. */
  readonly close: (logs: readonly WatchedLog[]) => void;
}
