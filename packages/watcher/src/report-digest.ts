import { messageOf } from "./errors.ts";

/** One report for each kind and interval, in milliseconds. */
const intervalMs = 30_000;

/** Of an error: Redis's own code, such as `OOM`, or how the message begins. */
export function errorKind(error: unknown): string {
  const message = messageOf(error);
  const [redisCode] = /^[A-Z]{3,}\b/u.exec(message) ?? [];
  return redisCode ?? message.split(" ", 3).join(" ");
}

/**
 * Counts what happens by kind; returns how often it did since it was last reported if it is to be
 * reported now, and otherwise 0. What came in an interval after its report is told at its end by `onRest`, if given.
 */
export function createReportDigest(
  onRest?: (kind: string, count: number) => void,
  nowMs: () => number = () => performance.now(),
): (kind: string) => number {
  const kinds = new Map<string, { reportedAtMs: number; count: number }>();
  const taken = (known: { reportedAtMs: number; count: number }): number => {
    const { count } = known;
    Object.assign(known, { reportedAtMs: nowMs(), count: 0 });
    return count;
  };
  return (kind) => {
    const known = kinds.get(kind) ?? { reportedAtMs: -Infinity, count: 0 };
    known.count++;
    kinds.set(kind, known);
    const agoMs = nowMs() - known.reportedAtMs;
    if (agoMs >= intervalMs) return taken(known);
    if (onRest !== undefined && known.count === 1) {
      setTimeout(() => onRest(kind, taken(known)), intervalMs - agoMs).unref();
    }
    return 0;
  };
}
