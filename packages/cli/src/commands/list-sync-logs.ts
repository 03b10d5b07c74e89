import { UsageError } from "@qontext/sync-log-command-line";
import { connectForCalls } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import { listTable } from "../display/list-table.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { keepTargets } from "../input/last-watch.ts";
import { otherItems, readSyncLogList, syncLogsIn } from "../input/read-sync-log-list.ts";
import { checkFields, selectFields } from "../input/select-fields.ts";
import { checkFilter, inOrder, matches } from "../input/select-sync-logs.ts";
import type { SyncLogFilter } from "../input/select-sync-logs.ts";
import type { CommandIo, Output } from "../output.ts";
import { valueText } from "../text/terminal-text.ts";

/** The options of `sync-log list`. */
export interface ListOptions extends ConnectionOptions, SyncLogFilter {
  readonly json?: boolean;
  readonly field?: readonly string[];
  /** Goes on as a board until it is interrupted. */
  readonly watch?: boolean;
  /** Time between two lists of the board, in milliseconds. */
  readonly interval?: number;
  /** How many are printed. */
  readonly limit?: number;
}

/** So many ids are kept for the completion of shells. */
const maxKept = 100;

/** What a pipe gets of each log. */
const pipeFields: readonly string[] = [
  "id",
  "status",
  "type",
  "recordsIngested",
  "totalRecordsToIngest",
  "createdAt",
  "startedAt",
  "completedAt",
  "errorMessage",
];

/** Lists the sync logs of a workspace: a table on a terminal, and values with tabs between them in a pipe. */
export async function listSyncLogs(
  workspaceId: string,
  options: ListOptions,
  output: Output,
  io: CommandIo,
): Promise<ExitCode> {
  const { json = false, field, limit, quiet = false } = options;
  if (options.interval !== undefined) {
    throw new UsageError("--interval is the time between two lists: add --watch.");
  }
  const client = await connectForCalls(options, io.env, output);
  const list = await readSyncLogList(client, workspaceId);
  const all = output.redactor.value(syncLogsIn(list));
  const others = otherItems(list);
  if (others !== null && !quiet) output.note([`sync-log: ${others}`]);
  checkFilter(all, options);
  if (field !== undefined) checkFields(all, field);
  const logs = inOrder(all.filter((log) => matches(log, options)));
  const shown = logs.slice(0, limit);
  const ids = shown.slice(0, maxKept).map(({ id }) => id);
  await keepTargets("list", { workspaceId, ids }, io.env);
  if (json) {
    output.json(field === undefined ? shown : shown.map((log) => selectFields(log, field)), 2);
  } else if (logs.length === 0) {
    const which =
      all.length === 0 ? "has no sync logs" : `has ${all.length} sync logs, and none of these`;
    if (!quiet) output.note([`sync-log: ${workspaceId} ${which}.`]);
  } else if (field === undefined && output.columns !== null) {
    listTable({ logs, limit, nowMs: Date.now() }, output.columns).forEach(output.data);
  } else {
    for (const log of shown) {
      output.values(Object.values(selectFields(log, field ?? pipeFields)).map(valueText));
    }
  }
  return exitCode.ok;
}
