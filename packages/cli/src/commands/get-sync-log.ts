import type { SyncLog } from "@qontext/sync-log-schema";
import { UsageError } from "@qontext/sync-log-command-line";
import { connectForCalls } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import { syncLogCard } from "../display/sync-log-card.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { readSyncLogIds } from "../input/read-sync-log-ids.ts";
import { checkFields, selectFields, syncLogFields } from "../input/select-fields.ts";
import type { CommandIo, Output } from "../output.ts";
import { valueText } from "../text/terminal-text.ts";

/** The options of `sync-log get`. */
export interface GetOptions extends ConnectionOptions {
  readonly json?: boolean;
  readonly field?: readonly string[];
}

function print(log: SyncLog, { json, field }: GetOptions, output: Output): void {
  if (field !== undefined) checkFields([log], field);
  const selected = field === undefined ? log : selectFields(log, field);
  if (json === true) output.json(selected, 2);
  else if (field === undefined) syncLogCard(log, syncLogFields()).forEach(output.data);
  else output.values(Object.values(selected).map(valueText));
}

/** Reads one sync log and prints it. */
export async function getSyncLog(
  workspaceId: string,
  idArgument: string,
  options: GetOptions,
  output: Output,
  io: CommandIo,
): Promise<ExitCode> {
  const [id, ...rest] = await readSyncLogIds([idArgument], io.stdin);
  if (id === undefined || rest.length > 0) {
    throw new UsageError("get reads one sync log. Pass one id, or use watch for several.");
  }
  const client = await connectForCalls(options, io.env, output);
  const log = await client.getSyncLog({ workspaceId, id });
  print(output.redactor.value(log), options, output);
  return exitCode.ok;
}
