/** Runs tasks in the order in which they came, at most so many at a time. */
export interface Turns {
  add(task: () => Promise<void>): void;
  /** Starts the tasks that may start, after a pause. */
  go(): void;
  /** Resolves once nothing runs and nothing may start. */
  drain(): Promise<void>;
}

/** `mayStart` is asked before each one: false leaves it and all behind it waiting for `go`. */
export function createTurns(concurrency: number, mayStart: () => boolean): Turns {
  let waiting: (() => Promise<void>)[] = [];
  let head = 0;
  const running = new Set<Promise<void>>();

  const go = (): void => {
    while (running.size < concurrency && head < waiting.length && mayStart()) {
      const task = waiting[head];
      head++;
      if (head > 1000 && head * 2 > waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      if (task === undefined) continue;
      const run = task().finally(() => {
        running.delete(run);
        go();
      });
      running.add(run);
    }
  };

  return {
    add: (task) => {
      waiting.push(task);
      go();
    },
    go,
    drain: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
