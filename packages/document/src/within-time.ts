import { createContext, Script } from "node:vm";

/** A step was stopped because it took too long. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
  readonly code = "time_limit";

  constructor(limitMs: number) {
    super(`it takes longer than ${limitMs} ms`);
  }
}

/** Whoever wrote a pattern or a rule may not be who runs it: more than this it does not get. */
const defaultLimitMs = 250;

const script = new Script("run()");
const context: { run?: () => unknown } = createContext({});

/**
 * Runs a step that may take exponential time: a regular expression, or a rule over lists in lists. It starts a thread, which
 * takes a tenth of a millisecond and on a busy machine several, so what is certainly quick is better called by itself. A step
 * that was stopped while others had the processor is begun again.
 *
 * @param limitMs - How long it may take. @default 250
 * @param maxTries - 1 for a step that must not be repeated. @default 10
 * @throws TimeLimitError, and what the step throws.
 */
export function withinTime<Result>(
  run: () => Result,
  limitMs: number = defaultLimitMs,
  maxTries: number = 10,
): Result {
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    const result = runOnce(run, limitMs);
    if (result !== undefined) return result.value;
    const { user, system } = process.cpuUsage(before);
    if (tries === maxTries || user + system > (limitMs * 1000) / 2)
      throw new TimeLimitError(limitMs);
  }
}

/** Undefined if it was stopped. */
function runOnce<Result>(
  run: () => Result,
  limitMs: number,
): { readonly value: Result } | undefined {
  let result: { readonly value: Result } | undefined;
  const outer = context.run;
  context.run = () => {
    result = { value: run() };
  };
  try {
    // The only way to stop a regular expression: the limit holds for all that the script calls.
    script.runInContext(context, { timeout: limitMs });
  } catch (error) {
    // It may be an Error of the script's realm.
    if (Reflect.get(Object(error), "code") === timeoutCode) return undefined;
    throw error;
  } finally {
    if (outer === undefined) delete context.run;
    else context.run = outer;
  }
  return result;
}

const timeoutCode = "ERR_SCRIPT_EXECUTION_TIMEOUT";
