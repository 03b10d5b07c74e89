/** Runs a task for each item, in the order in which they came, up to a number of them at a time. */
export interface TaskQueue<Item> {
  /** Its task starts once the others that come in this turn of the event loop are there, too. */
  add(item: Item): void;
  /** Takes out an item whose task has not started. */
  delete(item: Item): void;
  /** Starts the tasks that may start now; needed after `mayStart` was false. */
  run(): void;
  /** Resolves once no task is running and none may start. */
  drain(): Promise<void>;
}

/** `mayStart` is called before each task; while it is false, all tasks wait for `run`. */
export function createTaskQueue<Item>(
  concurrency: number,
  task: (item: Item) => Promise<void>,
  mayStart: () => boolean,
): TaskQueue<Item> {
  const waiting = new Set<Item>();
  /** Goes on where it was: each new one would first pass over the places of all that have left. */
  let order = waiting.values();
  let soon: NodeJS.Immediate | undefined;
  const running = new Set<Promise<void>>();

  const first = (): IteratorResult<Item, undefined> => {
    const next = order.next();
    if (next.done !== true) return next;
    order = waiting.values();
    return order.next();
  };

  const run = (): void => {
    while (running.size < concurrency && waiting.size > 0 && mayStart()) {
      const { value, done } = first();
      if (done === true) return;
      waiting.delete(value);
      const ended = task(value).finally(() => {
        running.delete(ended);
        run();
      });
      running.add(ended);
    }
  };

  return {
    add: (item) => {
      waiting.add(item);
      soon ??= setImmediate(() => {
        soon = undefined;
        run();
      });
    },
    delete: (item) => void waiting.delete(item),
    run,
    drain: async () => {
      run();
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
