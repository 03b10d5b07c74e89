interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const waitingOn = new WeakMap<AbortSignal, Waiting>();

function startListening(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const listener = (): void => {
    waitingOn.delete(signal);
    for (const callback of callbacks) callback();
  };
  const waiting = { callbacks, listener };
  waitingOn.set(signal, waiting);
  signal.addEventListener("abort", listener, { once: true });
  return waiting;
}

/**
 * Calls `callback` when `signal` aborts, unless the returned function is called first.
 *
 * A signal searches its list of listeners from the start at every change, which makes 10,000 waits
 * on one signal quadratic, and `AbortSignal.any` leaks on a signal that lives long. So each signal
 * gets one listener, which leaves with the last callback.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const waiting = waitingOn.get(signal) ?? startListening(signal);
  waiting.callbacks.add(callback);
  return () => {
    waiting.callbacks.delete(callback);
    if (waiting.callbacks.size === 0 && waitingOn.get(signal) === waiting) {
      waitingOn.delete(signal);
      signal.removeEventListener("abort", waiting.listener);
    }
  };
}
