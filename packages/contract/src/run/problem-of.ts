import vm from "node:vm";

/** One judgement takes a few milliseconds; what a provider sends must not stop a run. */
const maxJudgingMs = 5000;

const script = new vm.Script("judge()");
const context: { judge?: () => void } = vm.createContext({});

/**
 * Judges, for a limited time: Node can end a computation, also within a regular expression, only if a script started it.
 *
 * @returns why it could not be judged, if so.
 */
export function problemOf(judge: () => void, maxMs: number = maxJudgingMs): string | undefined {
  try {
    context.judge = judge;
    script.runInContext(context, { timeout: maxMs });
    return undefined;
  } catch (error) {
    // An error of the other context is no `Error` of this one.
    const { code, message }: { code?: unknown; message?: unknown } = Object(error);
    return code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
      ? `judging the response took more than ${maxMs / 1000} s`
      : `judging the response failed: ${String(message)}`;
  }
}
