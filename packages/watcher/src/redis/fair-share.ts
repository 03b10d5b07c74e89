/** Decides which polls may go first, so that a workspace with many watches does not starve one with few. */
export interface FairShare {
  /** 0 for a poll that may go first, 1 for one that comes after all of those. Counts the poll. */
  readonly priorityOf: (workspaceId: string) => 0 | 1;
}

/** What was polled in the last window says what each workspace may have in this one, in milliseconds. */
const windowMs = 30_000;

/**
 * A workspace whose polls were clearly fewer than the average of all workspaces goes first with the next ones, up to half of
 * that average; all others are in one line. So at least half of the polls are left for the line, and where workspaces are about
 * equal, however many they are, none overtakes another.
 */
export function createFairShare(nowMs: () => number): FairShare {
  let before = new Map<string, number>();
  let counts = new Map<string, number>();
  let endsAtMs = -Infinity;
  let all = 0;
  let allBefore = 0;

  return {
    priorityOf: (workspaceId) => {
      if (nowMs() >= endsAtMs) {
        const isLongAgo = nowMs() >= endsAtMs + windowMs;
        [before, allBefore] = isLongAgo ? [new Map(), 0] : [counts, all];
        [counts, all] = [new Map(), 0];
        endsAtMs = nowMs() + windowMs;
      }
      const count = (counts.get(workspaceId) ?? 0) + 1;
      counts.set(workspaceId, count);
      all += 1;
      const [known, total] = before.size > 0 ? [before, allBefore] : [counts, all];
      const average = total / known.size;
      const own = known.get(workspaceId) ?? 0;
      return count <= average / 2 && isClearlyLess(own, average) ? 0 : 1;
    },
  };
}

/** Not just by chance: equal workspaces differ about so much in what one of several processes polls of them. */
function isClearlyLess(count: number, average: number): boolean {
  return count + 2 * Math.sqrt(count) + 2 < average;
}

/** So many new watches of a workspace may go first in each window: those of other workspaces come later. */
const firstAdds = 100;

/** The same for the first polls of new watches, as the process that adds them knows. */
export function createAddOrder(nowMs: () => number): FairShare {
  let counts = new Map<string, number>();
  let endsAtMs = -Infinity;
  return {
    priorityOf: (workspaceId) => {
      if (nowMs() >= endsAtMs) {
        counts = new Map();
        endsAtMs = nowMs() + windowMs;
      }
      const count = (counts.get(workspaceId) ?? 0) + 1;
      counts.set(workspaceId, count);
      return count > firstAdds ? 1 : 0;
    },
  };
}
