/** Runs tasks in order, up to a number of them at a time. */
export interface TaskQueue {
  add(task: () => Promise<void>): void;
  /** Starts the tasks that may start now; needed after `mayStart` was false. */
  run(): void;
  /** Resolves once no task is running and none may start. */
  drain(): Promise<void>;
}

/** `mayStart` is called before each task; while it is false, all tasks wait for `run`. */
export function createTaskQueue(concurrency: number, mayStart: () => boolean): TaskQueue {
  let waiting: (() => Promise<void>)[] = [];
  let head = 0;
  const running = new Set<Promise<void>>();

  const run = (): void => {
    while (running.size < concurrency && head < waiting.length && mayStart()) {
      const task = waiting[head];
      head++;
      // `shift` would take time in proportion to the length at every task.
      if (head > 1000 && head * 2 > waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      if (task === undefined) continue;
      const ended = task().finally(() => {
        running.delete(ended);
        run();
      });
      running.add(ended);
    }
  };

  return {
    add: (task) => {
      waiting.push(task);
      run();
    },
    run,
    drain: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
