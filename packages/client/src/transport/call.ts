import type { Answer } from "./transport.ts";

/** One request with all its attempts, and whoever waits for its answer. */
export interface Call {
  /** Calls under way by their key, where this one is found by others; undefined when it is not shared. */
  readonly shared: Map<string, Call> | undefined;
  readonly key: string;
  /** How many wait for the answer. */
  callers: number;
  answer: Promise<Answer> | undefined;
  isCancelled: boolean;
  /** The reason of the last caller who left. */
  reason: unknown;
  /** Ends what is being waited for with this error; does nothing once that has come. */
  stop: (reason: unknown) => void;
  /** Ends the attempt under way in time. */
  timer: unknown;
  /** What its last retry took of the client's budget. */
  retryTokens: number;
  /** The key that its last request carried. */
  apiKey: string | undefined;
}

const nothing = (): void => undefined;

/** Creates a call that nobody has cancelled. */
export function createCall(shared?: Map<string, Call>, key = ""): Call {
  return {
    shared,
    key,
    callers: 0,
    answer: undefined,
    isCancelled: false,
    reason: undefined,
    stop: nothing,
    timer: undefined,
    retryTokens: 0,
    apiKey: undefined,
  };
}

/** Lets nobody join the call any more. */
export function closeCall(call: Call): void {
  const { shared, key } = call;
  if (shared?.get(key) === call) shared.delete(key);
}

/** Stops what the call waits for, and keeps anything more from being started. */
export function cancelCall(call: Call, reason: unknown): void {
  closeCall(call);
  call.isCancelled = true;
  call.reason = reason;
  call.stop(reason);
}

/** For moments in which nothing is waited for that could be stopped. @throws the caller's reason */
export function throwIfCancelled(call: Call): void {
  if (call.isCancelled) throw call.reason;
}
