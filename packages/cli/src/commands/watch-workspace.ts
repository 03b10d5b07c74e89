import { connect } from "../connection.ts";
import { timeOf } from "../display/log-times.ts";
import { openDisplay } from "../display/open-display.ts";
import type { WatchDisplay } from "../display/watch-display.ts";
import { advanceWatchedLog, endWatchedLog, newWatchedLog } from "../display/watched-log.ts";
import type { WatchedLog } from "../display/watched-log.ts";
import { exitCode } from "../exit-code.ts";
import { matches } from "../input/select-sync-logs.ts";
import type { CommandIo, Output } from "../output.ts";
import { inOptions } from "../text/error-lines.ts";
import { valueText } from "../text/terminal-text.ts";
import { abortOnInterrupt, InterruptedError } from "./interruption.ts";
import type { ListOptions } from "./list-sync-logs.ts";
import { createTrouble } from "./trouble.ts";

/** A log on the board. */
interface BoardLog {
  readonly log: WatchedLog;
  readonly createdMs: number;
}

/** When a sync has ended, by the clock of the board, which may not have been there. */
function endedAtMs({ update }: WatchedLog, nowMs: number): number {
  const atMs = timeOf(update?.syncLog.completedAt) ?? timeOf(update?.syncLog.updatedAt);
  return atMs === null ? nowMs : nowMs - Math.max(0, Date.now() - atMs);
}

/** Shows all sync logs of a workspace as they change, and new ones, until it is interrupted; resolves to the exit code of that. */
export async function watchWorkspace(
  workspaceId: string,
  options: ListOptions,
  output: Output,
  io: CommandIo,
): Promise<number> {
  const logs = new Map<string, BoardLog>();
  let display: WatchDisplay | undefined;
  const trouble = createTrouble(
    () => [],
    (message) => {
      if (options.quiet !== true) (display ?? output).note([`sync-log: ${inOptions(message)}`]);
    },
  );
  const client = await connect(options, io.env, trouble.report);
  const startedMs = performance.now();
  using interruption = abortOnInterrupt();
  const { signal } = interruption;
  const newestFirst = (): readonly WatchedLog[] =>
    [...logs.values()].toSorted((a, b) => b.createdMs - a.createdMs).map(({ log }) => log);
  display = await openDisplay(output, io, newestFirst, { ...options, isBoard: true });
  try {
    const updates = client.watchWorkspace(
      { workspaceId },
      { signal, minIntervalMs: options.interval, maxIntervalMs: options.interval },
    );
    for await (const seen of updates) {
      const nowMs = performance.now();
      const update = {
        ...seen,
        // Before it becomes part of a line, in which a short key would no longer be a whole value.
        syncLog: output.redactor.value(seen.syncLog),
        elapsedMs: nowMs - startedMs,
        polls: null,
        isStalled: false,
      };
      const id = valueText(update.syncLog.id);
      const before = logs.get(id);
      trouble.isWell("");
      // What was shown stays, however it goes on.
      if (before === undefined && !matches(update.syncLog, options)) continue;
      const advanced = advanceWatchedLog(before?.log ?? newWatchedLog(id), update, nowMs);
      const log = update.isTerminal
        ? endWatchedLog(
            advanced,
            { exitCode: exitCode.ok, error: null },
            endedAtMs(advanced, nowMs),
          )
        : { ...advanced, ending: null };
      logs.set(id, { log, createdMs: timeOf(update.syncLog.createdAt) ?? 0 });
      display.onUpdate(log, update);
    }
    display.close([]);
    return exitCode.ok;
  } catch (error) {
    display.close([]);
    if (error instanceof InterruptedError) return error.exitCode;
    throw error;
  }
}
