import { constants } from "node:os";

/** A signal asked the command to stop. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly code = "interrupted";
  readonly signalName: "SIGINT" | "SIGTERM";

  constructor(signalName: "SIGINT" | "SIGTERM") {
    super(`Ended by ${signalName}.`);
    this.signalName = signalName;
  }

  /** As shells report it. */
  get exitCode(): number {
    return 128 + constants.signals[this.signalName];
  }
}

/** A signal that aborts with an {@link InterruptedError} at the first SIGINT or SIGTERM; a second one ends the process. */
export function abortOnInterrupt(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const onSignal = (name: "SIGINT" | "SIGTERM"): void => {
    const error = new InterruptedError(name);
    if (controller.signal.aborted) process.exit(error.exitCode);
    controller.abort(error);
  };
  const onSigint = (): void => onSignal("SIGINT");
  const onSigterm = (): void => onSignal("SIGTERM");
  process.on("SIGINT", onSigint);
  process.on("SIGTERM", onSigterm);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off("SIGINT", onSigint);
      process.off("SIGTERM", onSigterm);
    },
  };
}
