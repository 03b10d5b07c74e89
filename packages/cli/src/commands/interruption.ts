import { constants } from "node:os";

/** A signal asked the command to stop. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly code = "interrupted";
  /** 128 plus the number of the signal, as shells report it. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Ended by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** A signal that aborts with an {@link InterruptedError} at the first SIGINT, SIGTERM or SIGQUIT; a second one ends the process. */
export function abortOnInterrupt(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    const error = new InterruptedError(name);
    if (controller.signal.aborted) process.exit(error.exitCode);
    controller.abort(error);
  };
  const names = ["SIGINT", "SIGTERM", "SIGQUIT"] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
