import type { SyncLogClient, WaitOptions } from "@qontext/sync-log-client";
import { connect } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import { progressErrorJson, progressJson, progressTextLine } from "../display/progress-lines.ts";
import type { WatchDisplay } from "../display/live-display.ts";
import { advanceWatchedLog, newWatchedLog } from "../display/watched-log.ts";
import type { WatchedLog } from "../display/watched-log.ts";
import { exitCode, worstExitCode } from "../exit-code.ts";
import { readSyncLogIds } from "../input/read-sync-log-ids.ts";
import type { CommandIo, Output } from "../output.ts";
import { errorDetailLines } from "../text/error-lines.ts";
import { printable } from "../text/terminal-text.ts";
import { abortOnInterrupt, InterruptedError } from "./interruption.ts";
import { endingLine, exitCodeOfEnding, resumeCommand, standing } from "./watch-ending.ts";
import type { WatchEnding } from "./watch-ending.ts";

/** The options of `sync-log watch`. */
export interface WatchOptions extends ConnectionOptions {
  readonly json?: boolean;
  /** In milliseconds. */
  readonly maxWait?: number;
  /** How long polls may fail transiently without a break, in milliseconds. */
  readonly maxFailing?: number;
  /** Time between two polls, in milliseconds. */
  readonly interval?: number;
}

type WatchedLogs = Map<string, WatchedLog>;

/** Redraws a frame on a terminal; writes a line for each update to a pipe or file, or as JSON. */
async function createDisplay(
  output: Output,
  { json }: WatchOptions,
  logs: WatchedLogs,
): Promise<WatchDisplay> {
  const { liveTerminal, note } = output;
  if (json !== true && liveTerminal !== null) {
    const { createLiveDisplay } = await import("../display/live-display.ts");
    return createLiveDisplay(liveTerminal, output, () => [...logs.values()]);
  }
  return {
    note,
    onUpdate: (id, update) => {
      if (json === true) output.json(progressJson(id, update));
      else output.data(progressTextLine(id, update));
    },
    close: () => {},
  };
}

/** Waits for one sync log. An error ends the watch of this log alone; an interruption is thrown. */
async function watchOne(
  client: SyncLogClient,
  target: { readonly workspaceId: string; readonly id: string },
  options: WaitOptions,
): Promise<WatchEnding> {
  try {
    return { id: target.id, result: await client.waitForSyncLog(target, options) };
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return { id: target.id, error };
  }
}

function report(
  endings: readonly WatchEnding[],
  logs: WatchedLogs,
  options: WatchOptions,
  output: Output,
  resume: (ids: readonly string[]) => string,
): void {
  for (const ending of endings) {
    const isError = "error" in ending;
    if (isError && options.json === true) {
      output.json(progressErrorJson(ending.id, ending.error, exitCodeOfEnding(ending)));
    }
    // In a pipe the last line of data has the outcome already.
    const colors = output.noteColors;
    if (isError || output.liveTerminal !== null) {
      const log = logs.get(ending.id) ?? newWatchedLog(ending.id);
      // A terminal that does not know its size reports 0.
      const columns = output.liveTerminal?.columns || Infinity;
      const line = endingLine(ending, log, performance.now(), { columns, colors });
      output.note(isError ? `${colors.red("sync-log:")} ${line}` : line);
    }
    if (isError && options.verbose === true) {
      for (const line of errorDetailLines(ending.error)) output.note(line);
    }
  }
  const running = endings.filter((ending) => exitCodeOfEnding(ending) === exitCode.stillRunning);
  if (running.length > 0) output.note(`To continue: ${resume(running.map(({ id }) => id))}`);
}

/** Watches sync logs until all have ended; resolves to the exit code that matters most. */
export async function watchSyncLogs(
  workspaceId: string,
  idArguments: readonly string[],
  options: WatchOptions,
  output: Output,
  io: CommandIo,
): Promise<number> {
  const ids = await readSyncLogIds(idArguments, io.stdin);
  let display: WatchDisplay | undefined;
  const reported = new Set<string>();
  const client = await connect(options, io.env, (message) => {
    const line = printable(message);
    // Each message once, until an update shows that the trouble is over.
    if (options.quiet === true || reported.has(line)) return;
    reported.add(line);
    (display ?? output).note(`sync-log: ${line}`);
  });
  const logs: WatchedLogs = new Map(ids.map((id) => [id, newWatchedLog(id)]));
  const resume = (some: readonly string[]): string =>
    resumeCommand(workspaceId, some, options.baseUrl);
  using interruption = abortOnInterrupt();
  display = await createDisplay(output, options, logs);
  try {
    const endings = await Promise.all(
      ids.map((id) =>
        watchOne(
          client,
          { workspaceId, id },
          {
            signal: interruption.signal,
            maxWaitMs: options.maxWait,
            maxFailingMs: options.maxFailing,
            minIntervalMs: options.interval,
            maxIntervalMs: options.interval,
            onProgress: (seen) => {
              // Before it becomes part of a line, in which a short key would no longer be a whole value.
              const update = { ...seen, syncLog: output.redactor.value(seen.syncLog) };
              const before = logs.get(id) ?? newWatchedLog(id);
              logs.set(id, advanceWatchedLog(before, update, performance.now()));
              display?.onUpdate(id, update);
              reported.clear();
            },
          },
        ),
      ),
    );
    display.close([...logs.values()]);
    report(endings, logs, options, output, resume);
    return worstExitCode(endings.map(exitCodeOfEnding));
  } catch (error) {
    display.close([]);
    if (!(error instanceof InterruptedError)) throw error;
    const running = [...logs.values()].filter(({ update }) => update?.isTerminal !== true);
    for (const log of running) output.note(`${log.id}: ${standing(log, performance.now())}.`);
    output.note(`To continue: ${resume(running.map(({ id }) => id))}`);
    return error.exitCode;
  }
}
