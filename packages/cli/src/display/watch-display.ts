import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { Output } from "../output.ts";
import type { WatchedLog } from "./watched-log.ts";

/** Shows the progress of a watch. */
export interface WatchDisplay {
  /** Something changed in one log. */
  readonly onUpdate: (id: string, update: SyncLogUpdate) => void;
  /** Prints a line beside the updates. */
  readonly note: (line: string) => void;
  /** No more updates come: draws the final state, and what only the end can show. */
  readonly close: (logs: readonly WatchedLog[]) => void;
}

/** A display of one line of data for each update: for pipes, files and programs. */
export function createLineDisplay(
  output: Output,
  printUpdate: WatchDisplay["onUpdate"],
): WatchDisplay {
  return {
    onUpdate: printUpdate,
    note: output.note,
    close: () => {},
  };
}
