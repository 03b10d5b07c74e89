/** Who reads updates one after the other. Nothing is called after `fail`, or after an update that is the last. */
export interface UpdateListener<Update> {
  readonly tell: (update: Update, isLast: boolean) => void;
  /** Takes what gives the error, so that the caller is in its stack. After an abort, unread updates are not wanted either. */
  readonly fail: (makeError: () => unknown, isAbort?: boolean) => void;
  /** Whether someone waits for the next one. */
  readonly isAwaited: () => boolean;
}

/** Where updates come from. */
export interface UpdateSource<Update> {
  /** Begins; called with the first read. Gives what ends it without telling anyone. */
  readonly begin: (listener: UpdateListener<Update>) => () => void;
  /** Puts an update that nobody reads yet to the others. */
  readonly keep: (unread: Update[], update: Update) => void;
  /** Called when a reader waits and nothing is unread. */
  readonly onDrained?: () => void;
}

/**
 * Updates, to be read one after the other. Leaving the loop ends where they come from.
 *
 * An async generator would not do: its `return` waits for the read that is under way.
 */
export function iterateUpdates<Update>(
  source: UpdateSource<Update>,
): AsyncIterableIterator<Update, undefined> {
  type Result = IteratorResult<Update, undefined>;
  type Give = () => Result;
  const end: Result = { done: true, value: undefined };
  const unread: Update[] = [];
  const readers: ((give: Give) => void)[] = [];
  let stop: (() => void) | undefined;
  let hasBegun = false;
  let failure: Give | undefined;
  let isOver = false;

  const finish = (): void => {
    isOver = true;
    for (const reader of readers.splice(0)) reader(() => end);
  };
  const tell = (update: Update, isLast: boolean): void => {
    const reader = readers.shift();
    if (reader === undefined) source.keep(unread, update);
    else reader(() => ({ done: false, value: update }));
    if (isLast) finish();
  };
  const fail = (makeError: () => unknown, isAbort = false): void => {
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
    hasBegun = true;
    try {
      stop = source.begin({ tell, fail, isAwaited: () => readers.length > 0 });
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
        if (hasBegun) source.onDrained?.();
        else begin();
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
      stop?.();
      finish();
      return Promise.resolve(end);
    },
  };
}
