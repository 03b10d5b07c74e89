/** What the steps of one call share: how to stop it, and which key its last request carried. */
export interface Call {
  isCancelled: boolean;
  /** The reason of the caller who cancelled it. */
  reason: unknown;
  /** What is being waited for puts here how to stop it. */
  onCancel: (() => void) | undefined;
  /** Called when nothing more is sent. */
  onEnd: (() => void) | undefined;
  apiKey: string | undefined;
}

/** Creates a call that nobody has cancelled. */
export function createCall(): Call {
  return {
    isCancelled: false,
    reason: undefined,
    onCancel: undefined,
    onEnd: undefined,
    apiKey: undefined,
  };
}

/** Stops what the call waits for, and keeps anything more from being started. */
export function cancelCall(call: Call, reason: unknown): void {
  call.isCancelled = true;
  call.reason = reason;
  call.onCancel?.();
}
