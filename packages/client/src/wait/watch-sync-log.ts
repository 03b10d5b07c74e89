import type { GetSyncLogParams } from "../generated/methods.ts";
import type { SyncLogUpdate } from "./wait-result.ts";
import type { RunningWait, StartWait } from "./start-wait.ts";
import { type WatchOptions, watchRules } from "./wait-options.ts";

type Result = IteratorResult<SyncLogUpdate, undefined>;

/** Gives the result of a read, or throws. */
type Give = () => Result;

const end: Result = { done: true, value: undefined };

/**
 * The updates of a sync log, to be read one after the other; the last one is the terminal one. The
 * wait begins with the first read. Leaving the loop ends it.
 *
 * An async generator would not do: its `return` waits for the read that is under way.
 */
export function watchSyncLog(
  startWait: StartWait,
  parameters: GetSyncLogParams,
  options: WatchOptions = {},
): AsyncIterableIterator<SyncLogUpdate, undefined> {
  const unread: SyncLogUpdate[] = [];
  const readers: ((give: Give) => void)[] = [];
  let wait: RunningWait | undefined;
  let failure: Give | undefined;
  let isOver = false;

  const finish = (): void => {
    isOver = true;
    for (const reader of readers.splice(0)) reader(() => end);
  };
  const tell = (update: SyncLogUpdate): void => {
    const reader = readers.shift();
    if (reader === undefined) addUnread(unread, update);
    else reader(() => ({ done: false, value: update }));
    if (update.isTerminal) finish();
  };
  const fail = (makeError: () => unknown, isAbort = false): void => {
    // Unread updates are not wanted either.
    if (isAbort) unread.length = 0;
    const give = (): never => {
      throw makeError();
    };
    const reader = readers.shift();
    if (reader === undefined) failure = give;
    else reader(give);
    finish();
  };
  const begin = (): void => {
    try {
      wait = startWait(parameters, options, watchRules, { tell, fail });
    } catch (error) {
      fail(() => error);
    }
  };
  const read = (): Give | Promise<Give> => {
    const value = unread.shift();
    if (value !== undefined) return () => ({ done: false, value });
    const give = failure ?? (isOver ? (): Result => end : undefined);
    failure = undefined;
    return (
      give ??
      new Promise((resolve) => {
        readers.push(resolve);
        if (wait === undefined && readers.length === 1) begin();
      })
    );
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const give = await read();
      // Called here, so that the caller is in the stack of an error.
      return give();
    },
    return() {
      unread.length = 0;
      failure = undefined;
      wait?.stop();
      finish();
      return Promise.resolve(end);
    },
  };
}

/** A slow reader gets every status, and of each the latest counts. */
function addUnread(unread: SyncLogUpdate[], update: SyncLogUpdate): void {
  const last = unread.at(-1);
  if (last?.syncLog.status === update.syncLog.status) unread.pop();
  unread.push(update);
}
