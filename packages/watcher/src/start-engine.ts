import type { WatchEngine, WatchWork } from "./engine.ts";

/** An engine that is being started, as often as it takes. */
export interface StartingEngine {
  /** Resolves once the engine works; rejects with what the latest attempt failed with. */
  ready(): Promise<void>;
  /** Gives up starting it. */
  stop(): void;
}

const retryAfterMs = 1000;

/** Starts an engine, and again a second after each failure: a Redis that is away comes back. */
export function startEngine(engine: WatchEngine, work: WatchWork): StartingEngine {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let attempt: Promise<void> = Promise.resolve();

  const begin = (): void => {
    attempt = engine.start(work);
    attempt.catch((error: unknown) => {
      if (stopped) return;
      work.report({ type: "engine_error", error });
      timer = setTimeout(begin, retryAfterMs);
    });
  };
  begin();
  return {
    ready: () => attempt,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
