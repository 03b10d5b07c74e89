import { exitCode } from "../exit-code.ts";
import { isSet } from "../output.ts";
import type { CommandIo, Output } from "../output.ts";
import { errorDetailLines, errorLine } from "../text/error-lines.ts";
import { styled } from "../text/styled-line.ts";
import type { Line } from "../text/styled-line.ts";
import { formatDuration } from "../text/format-values.ts";
import {
  progressErrorJson,
  progressJson,
  progressTextLine,
  recordsText,
} from "./progress-lines.ts";
import { summaryLine } from "./watch-picture.ts";
import { elapsedMsOf } from "./watched-log.ts";
import type { SeenUpdate, WatchedLog } from "./watched-log.ts";

/** Shows how a watch goes. */
export interface WatchDisplay {
  /** Something changed in one log. */
  readonly onUpdate: (log: WatchedLog, update: SeenUpdate) => void;
  /** The watch of one log has ended. */
  readonly onEnding: (log: WatchedLog) => void;
  /** Tells of trouble. */
  readonly note: (line: Line) => void;
  /** No more comes: shows the state of all, and what only the end can show. */
  readonly close: (logs: readonly WatchedLog[]) => void;
}

/** `ingesting, 810/1,800 records, after 12 s`. */
function standing(log: WatchedLog): string {
  const { update, trail } = log;
  if (update === null) return "not read yet";
  const records = recordsText(update);
  const counts = records === "" ? "" : `, ${records} records`;
  const elapsedMs = elapsedMsOf(log, performance.now());
  return `${trail.at(-1)?.status ?? ""}${counts}, after ${formatDuration(elapsedMs)}`;
}

/** What is said about a log whose sync has not ended when its watch has, or whose watch failed. */
function endingNotes(log: WatchedLog, isVerbose: boolean): readonly Line[] {
  const { id, ending } = log;
  if (ending === null) return [[`${id}: ${standing(log)}.`]];
  const { error } = ending;
  if (error === null) return [];
  const isRunning = ending.exitCode === exitCode.stillRunning;
  const text = isRunning
    ? `${id} is still running: ${standing(log)}. The sync continues without the watch.`
    : `${id}: ${errorLine(error)}`;
  return [[styled("red", "sync-log:"), ` ${text}`], ...(isVerbose ? errorDetailLines(error) : [])];
}

/** What is said about the logs of one watch. */
export interface EndingNotes {
  readonly of: (log: WatchedLog) => readonly Line[];
  /** What is left to say when all watches have ended. */
  readonly rest: () => readonly Line[];
}

/** Which sync logs are not there, or run still, is told of each; of what else ended several watches, how many others it ended. */
export function createEndingNotes(isVerbose: boolean): EndingNotes {
  const others = new Map<string, number>();
  return {
    of(log) {
      const { id, ending } = log;
      const code = ending?.exitCode;
      if (!ending?.error || code === exitCode.stillRunning || code === exitCode.notFound) {
        return endingNotes(log, isVerbose);
      }
      const kind = errorLine(ending.error).replaceAll(id, "");
      const before = others.get(kind) ?? -1;
      others.set(kind, before + 1);
      return before === -1 ? endingNotes(log, isVerbose) : [];
    },
    rest: () =>
      [...others]
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => [styled("red", "sync-log:"), ` ${count} more: ${kind}`]),
  };
}

/** The options about the lines of a watch. */
export interface LineDisplayOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** A line for each update, for pipes, files and CI, whose lines have the time in front. */
export function createLineDisplay(
  output: Output,
  { CI }: CommandIo["env"],
  { json = false, quiet = false, verbose = false }: LineDisplayOptions,
): WatchDisplay {
  const stamp = (line: Line): Line =>
    isSet(CI) ? [styled("dim", `${new Date().toISOString().slice(0, 19)}Z `), ...line] : line;
  const note = (line: Line): void => output.note(stamp(line));
  const endings = createEndingNotes(verbose);
  return {
    note,
    onUpdate: ({ id }, update) => {
      if (json) output.json(progressJson(id, update));
      else output.data(stamp([progressTextLine(id, update)]));
    },
    onEnding: (log) => {
      const { id, ending } = log;
      // The line of the last update has told how a sync ended.
      if (ending === null || ending.error === null) return;
      if (json) output.json(progressErrorJson(id, ending.error, ending.exitCode));
      endings.of(log).forEach(note);
    },
    close: (logs) => {
      endings.rest().forEach(note);
      for (const log of logs) if (log.ending === null) endings.of(log).forEach(note);
      if (logs.length > 1 && !quiet) note(summaryLine(logs, performance.now()));
    },
  };
}
