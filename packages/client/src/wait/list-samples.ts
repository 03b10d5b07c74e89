import type { SyncLogObservation } from "./observation.ts";
import type { AwaitedRead } from "./plan-reads.ts";
import { outcomeOf } from "./terminal-status.ts";

/** A read that may show whether lists lag. */
export interface SampledRead extends AwaitedRead {
  /** When the sync log was last seen to change; `-Infinity` where it never was seen. */
  readonly changedAtMs: number;
  /** From when on it may be read by itself. */
  readonly aloneFromMs: number;
}

const firstAfterMs = 2000;
const longestGapMs = 10_000;
/** So many ends are kept for the next list. */
const maxEnds = 100;

/**
 * Shows whether lists lag or stand still, however steadily: of those that they serve, one is read by itself now and then, and
 * the list that is asked for next must not be behind it. The first is read after two seconds of lists, each further one after
 * as long again, at most ten seconds.
 */
export class ListSamples {
  /** When lists began to serve. */
  #sinceMs = Infinity;
  #sampledAtMs = -Infinity;
  /** What single reads have brought of those that ended with it, which no list is asked for any more. */
  #ends = new Map<string, SyncLogObservation>();

  /** Begins anew with the next list. */
  reset(): void {
    this.#sinceMs = Infinity;
    this.#sampledAtMs = -Infinity;
    this.#ends = new Map();
  }

  /** Which of those that a list is to serve is read by itself instead: one that moves, or was not for the longest time. */
  pick(served: readonly SampledRead[], nowMs: number): string | undefined {
    this.#sinceMs = Math.min(this.#sinceMs, nowMs);
    const gapMs = Math.min(longestGapMs, this.#sampledAtMs - this.#sinceMs);
    const dueAtMs = Math.max(this.#sinceMs + firstAfterMs, this.#sampledAtMs + gapMs);
    if (nowMs < dueAtMs) return undefined;
    let best: SampledRead | undefined;
    for (const one of served) {
      if (one.aloneFromMs > nowMs) continue;
      if (best === undefined || isBetter(one, best)) best = one;
    }
    if (best !== undefined) this.#sampledAtMs = nowMs;
    return best?.id;
  }

  /** Takes what a single read brought. */
  note(id: string, seen: SyncLogObservation | null): void {
    if (seen === null || outcomeOf(seen.status) === undefined) return;
    if (this.#ends.size < maxEnds) this.#ends.set(id, seen);
  }

  /** The ends that a list must show which is asked for now. */
  takeEnds(): ReadonlyMap<string, SyncLogObservation> {
    const ends = this.#ends;
    this.#ends = new Map();
    return ends;
  }
}

/** Where it has moved since it was read by itself, when. */
function movedAtMsOf({ changedAtMs, readAloneAtMs }: SampledRead): number {
  return changedAtMs > readAloneAtMs ? changedAtMs : -Infinity;
}

function isBetter(one: SampledRead, other: SampledRead): boolean {
  const [movedAtMs, otherMovedAtMs] = [movedAtMsOf(one), movedAtMsOf(other)];
  return movedAtMs === otherMovedAtMs
    ? one.readAloneAtMs < other.readAloneAtMs
    : movedAtMs > otherMovedAtMs;
}
