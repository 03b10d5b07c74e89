import { cancelCall, createCall, type Call } from "./transport/call.ts";
import { onAbort } from "./transport/on-abort.ts";
import type { Answer } from "./transport/transport.ts";

interface Flight {
  readonly call: Call;
  readonly answer: Promise<Answer>;
  callers: number;
}

/** Lets calls that ask for the same at the same time share one request. */
export type Coalesce = (
  key: string | undefined,
  start: (call: Call) => Promise<Answer>,
  signal: AbortSignal | undefined,
) => Promise<Answer>;

/**
 * Creates what shares requests by their key; without a key none is shared. Each caller has its own
 * abort; the request is stopped when the last caller has left.
 */
export function createCoalesce(): Coalesce {
  const flights = new Map<string, Flight>();

  const take = (key: string | undefined, start: (call: Call) => Promise<Answer>): Flight => {
    const call = createCall();
    const flight: Flight = { call, answer: start(call), callers: 0 };
    if (key !== undefined) {
      flights.set(key, flight);
      call.onEnd = () => {
        if (flights.get(key) === flight) flights.delete(key);
      };
    }
    return flight;
  };

  return (key, start, signal) => {
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const shared = key === undefined ? undefined : flights.get(key);
    const flight = shared ?? take(key, start);
    flight.callers += 1;
    const answer = shared === undefined ? flight.answer : flight.answer.then(copyOf);
    if (signal === undefined) return answer;
    return leaveOnAbort(answer, signal, () => {
      flight.callers -= 1;
      if (flight.callers > 0) return;
      flight.call.onEnd?.();
      cancelCall(flight.call, signal.reason);
    });
  };
}

/** What one caller does to its answer must not be seen by another. */
function copyOf(answer: Answer): Answer {
  return { ...answer, data: structuredClone(answer.data) };
}

function leaveOnAbort(
  answer: Promise<Answer>,
  signal: AbortSignal,
  leave: () => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stay = onAbort(signal, () => {
      reject(signal.reason);
      leave();
    });
    answer.finally(stay).then(resolve, reject);
  });
}
