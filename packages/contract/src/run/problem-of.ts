import { TimeLimitError, withinTime } from "@qontext/sync-log-document";

/** One judgement takes a few milliseconds; what a provider sends must not stop a run. */
const maxJudgingMs = 5000;

/** No check takes long over so little. Patterns and rules, which may, have limits of their own. */
const quickBytes = 16_384;

/**
 * Judges what a provider has sent, for a limited time where it is not small.
 *
 * @returns why it could not be judged, if so.
 */
export function problemOf(
  judge: () => void,
  sizeBytes: number,
  maxMs: number = maxJudgingMs,
): string | undefined {
  try {
    if (sizeBytes <= quickBytes) judge();
    else withinTime(judge, maxMs, 1);
    return undefined;
  } catch (error) {
    if (error instanceof TimeLimitError)
      return `judging the response took more than ${maxMs / 1000} s`;
    // An error of another context is no `Error` of this one.
    return `judging the response failed: ${String(Reflect.get(Object(error), "message"))}`;
  }
}
