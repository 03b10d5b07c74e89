import type { Progress } from "../run/run-options.ts";
import type { CliIo } from "./command-line.ts";

const lineEveryMs = 10_000;
const eraseLine = "\r\u001B[K";

/** Shows how far a run is: a counter in a terminal, elsewhere a line every ten seconds. */
export function showProgress({
  hasLiveErrors,
  writeError,
}: Pick<CliIo, "hasLiveErrors" | "writeError">): Disposable & {
  readonly update: (progress: Progress) => void;
} {
  let text = "Waiting for the first response";
  const line = setInterval(() => {
    if (!hasLiveErrors) writeError(`${text}\n`);
  }, lineEveryMs);
  return {
    update: ({ cases, plannedCases, requests }) => {
      text = `${cases} of ${plannedCases} planned cases, ${requests} requests`;
      if (hasLiveErrors) writeError(`${eraseLine}${text}`);
    },
    [Symbol.dispose]: () => {
      clearInterval(line);
      if (hasLiveErrors) writeError(eraseLine);
    },
  };
}
