import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { Output } from "../output.ts";
import type { WatchDisplay } from "./watch-display.ts";

/** A line of data for each update: for pipes, files and programs. */
export function createLineDisplay(
  output: Output,
  toLine: (id: string, update: SyncLogUpdate) => string,
): WatchDisplay {
  return {
    onUpdate: (id, update) => output.data(toLine(id, update)),
    note: output.note,
    close: () => {},
  };
}
