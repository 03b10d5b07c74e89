import { cancelCall, createCall, type Call } from "./transport/call.ts";
import { onAbort } from "./transport/on-abort.ts";
import { send } from "./transport/send.ts";
import type { Answer, CallLimits, OutgoingRequest, Transport } from "./transport/transport.ts";

/**
 * Sends a request, or shares the answer of one with the same key that is under way; without a key
 * nothing is shared.
 */
export type Coalesce = (
  key: string | undefined,
  request: OutgoingRequest,
  limits: CallLimits,
  signal: AbortSignal | undefined,
) => Promise<Answer>;

/**
 * Creates what shares requests by their key. Each caller has its own abort; the request is stopped
 * when the last caller has left.
 */
export function createCoalesce(transport: Transport): Coalesce {
  const calls = new Map<string, Call>();

  const answerOf = (call: Call, request: OutgoingRequest, limits: CallLimits): Promise<Answer> => {
    if (call.answer !== undefined) return call.answer.then(copyOf);
    call.answer = send(transport, request, limits, call);
    // A hook may have aborted before there was anything to wait for.
    if (!call.isCancelled) call.shared?.set(call.key, call);
    return call.answer;
  };

  return (key, request, limits, signal) => {
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const known = key === undefined ? undefined : calls.get(key);
    const call = known ?? createCall(key === undefined ? undefined : calls, key);
    call.callers += 1;
    return signal === undefined
      ? answerOf(call, request, limits)
      : leaveOnAbort(() => answerOf(call, request, limits), signal, call);
  };
}

/** What one caller does to its answer must not be seen by another. */
function copyOf(answer: Answer): Answer {
  return { ...answer, data: structuredClone(answer.data) };
}

/** Asks for the answer, and listens from before: what is asked may abort at once. */
function leaveOnAbort(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  call: Call,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stay = onAbort(signal, () => {
      reject(signal.reason);
      call.callers -= 1;
      if (call.callers === 0) cancelCall(call, signal.reason);
    });
    ask().finally(stay).then(resolve, reject);
  });
}
