import { quoteWord, UsageError } from "@qontext/sync-log-command-line";
import { isTerminal } from "@qontext/sync-log-client";
import type { SyncLogClient, WaitOptions } from "@qontext/sync-log-client";
import { connect } from "../connection.ts";
import type { ConnectionOptions } from "../connection.ts";
import { openDisplay } from "../display/open-display.ts";
import type { WatchDisplay } from "../display/watch-display.ts";
import { advanceWatchedLog, endWatchedLog, newWatchedLog } from "../display/watched-log.ts";
import type { WatchedLog, WatchEnding } from "../display/watched-log.ts";
import { exitCode, exitCodeByOutcome, exitCodeOfError, worstExitCode } from "../exit-code.ts";
import { keepTargets, readLastWatch } from "../input/last-watch.ts";
import type { WatchTargets } from "../input/last-watch.ts";
import { readSyncLogIds } from "../input/read-sync-log-ids.ts";
import { readSyncLogList, syncLogsIn } from "../input/read-sync-log-list.ts";
import { inOrder } from "../input/select-sync-logs.ts";
import type { CommandIo, Output } from "../output.ts";
import { inOptions } from "../text/error-lines.ts";
import { valueText } from "../text/terminal-text.ts";
import { abortOnInterrupt, InterruptedError } from "./interruption.ts";
import { createTrouble } from "./trouble.ts";

/** The options of `sync-log watch`. */
export interface WatchOptions extends ConnectionOptions {
  readonly json?: boolean;
  /** Watches all that run in the workspace when the watch begins. */
  readonly all?: boolean;
  /** Watches again what was watched last. */
  readonly last?: boolean;
  /** Stops at the first sync that does not end well. */
  readonly failFast?: boolean;
  /** In milliseconds. */
  readonly maxWait?: number;
  /** How long polls may fail transiently without a break, in milliseconds. */
  readonly maxFailing?: number;
  /** Time between two polls, in milliseconds. */
  readonly interval?: number;
  /** The options as they were given, for the command that continues. */
  readonly words: readonly string[];
}

/** Why the other watches stop with `--fail-fast`. */
class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** The command that continues a watch, with the options as they were given. It never contains the key. */
function resumeCommand(
  { workspaceId, ids }: WatchTargets,
  { all = false, words }: WatchOptions,
): string {
  return ["sync-log", "watch", workspaceId, ...(all ? [] : ids), ...words].map(quoteWord).join(" ");
}

/** What to watch: from the command line, standard input or the last watch; no ids yet with `--all`. */
async function readTargets(
  workspaceId: string | undefined,
  idArguments: readonly string[],
  { last = false, all = false }: WatchOptions,
  { stdin, env }: CommandIo,
): Promise<WatchTargets> {
  if (last) {
    if (workspaceId === undefined) return readLastWatch(env);
    throw new UsageError("--last takes no ids: it watches those of the last watch.");
  }
  if (workspaceId === undefined || (idArguments.length === 0 && !all)) {
    throw new UsageError(
      "watch takes a workspace id and sync log ids, or --all, or --last; see sync-log watch --help",
    );
  }
  if (all) {
    if (idArguments.length === 0) return { workspaceId, ids: [] };
    throw new UsageError("--all takes no ids: it watches all syncs that run in the workspace.");
  }
  return { workspaceId, ids: await readSyncLogIds(idArguments, stdin) };
}

/** The ids of all that run in a workspace. */
async function runningIds(client: SyncLogClient, workspaceId: string): Promise<readonly string[]> {
  const running = inOrder(syncLogsIn(await readSyncLogList(client, workspaceId))).filter(
    (log) => !isTerminal(log),
  );
  return [...new Set(running.map(({ id }) => valueText(id)))];
}

/** Waits for one sync log. An error ends the watch of this log alone; an interruption is thrown. */
async function watchOne(
  client: SyncLogClient,
  target: { readonly workspaceId: string; readonly id: string },
  options: WaitOptions,
): Promise<WatchEnding> {
  try {
    const { outcome } = await client.waitForSyncLog(target, options);
    return { exitCode: exitCodeByOutcome[outcome], error: null };
  } catch (error) {
    if (error instanceof InterruptedError || error instanceof StoppedError) throw error;
    return { exitCode: exitCodeOfError(error), error };
  }
}

/** Watches sync logs until all have ended; resolves to the exit code that matters most. */
export async function watchSyncLogs(
  workspaceArgument: string | undefined,
  idArguments: readonly string[],
  options: WatchOptions,
  output: Output,
  io: CommandIo,
): Promise<number> {
  let targets = await readTargets(workspaceArgument, idArguments, options, io);
  let display: WatchDisplay | undefined;
  const trouble = createTrouble(
    () => targets.ids,
    (message) => {
      if (options.quiet !== true) (display ?? output).note([`sync-log: ${inOptions(message)}`]);
    },
  );
  const client = await connect(options, io.env, trouble.report);
  const { workspaceId } = targets;
  if (options.all === true) targets = { workspaceId, ids: await runningIds(client, workspaceId) };
  const { ids } = targets;
  if (ids.length === 0) {
    if (options.quiet !== true) output.note([`sync-log: No sync of ${workspaceId} is running.`]);
    return exitCode.ok;
  }
  await keepTargets("watch", targets, io.env);
  const logs = new Map(ids.map((id) => [id, newWatchedLog(id)]));
  const logOf = (id: string): WatchedLog => logs.get(id) ?? newWatchedLog(id);
  using interruption = abortOnInterrupt();
  const stop = new AbortController();
  const signal = AbortSignal.any([interruption.signal, stop.signal]);
  display = await openDisplay(output, io, () => [...logs.values()], options);
  const { onUpdate, onEnding, close } = display;
  const watch = async (id: string): Promise<void> => {
    const ending = await watchOne(
      client,
      { workspaceId, id },
      {
        signal,
        maxWaitMs: options.maxWait,
        maxFailingMs: options.maxFailing,
        minIntervalMs: options.interval,
        maxIntervalMs: options.interval,
        onProgress: (seen) => {
          // Before it becomes part of a line, in which a short key would no longer be a whole value.
          const update = { ...seen, syncLog: output.redactor.value(seen.syncLog) };
          const log = advanceWatchedLog(logOf(id), update, performance.now());
          logs.set(id, log);
          onUpdate(log, update);
          trouble.isWell(id);
        },
      },
    );
    const log = endWatchedLog(logOf(id), ending, performance.now());
    logs.set(id, log);
    onEnding(log);
    trouble.isWell(id);
    const isWell = ending.exitCode === exitCode.ok || ending.exitCode === exitCode.stillRunning;
    if (options.failFast === true && !isWell) stop.abort(new StoppedError());
  };
  const thrown: unknown = await Promise.all(ids.map(watch)).then(
    () => null,
    (error: unknown) => error,
  );
  const states = [...logs.values()];
  close(states);
  const isStopped = thrown instanceof InterruptedError || thrown instanceof StoppedError;
  if (thrown !== null && !isStopped) throw thrown;
  const unfinished = states.filter(
    ({ ending }) => ending === null || ending.exitCode === exitCode.stillRunning,
  );
  if (unfinished.length > 0) {
    const rest = { workspaceId, ids: unfinished.map(({ id }) => id) };
    output.note([`To continue: ${resumeCommand(rest, options)}`]);
  }
  if (thrown instanceof InterruptedError) return thrown.exitCode;
  return worstExitCode(states.flatMap(({ ending }) => (ending === null ? [] : [ending.exitCode])));
}
