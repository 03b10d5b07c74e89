/** Decides which polls may go first, so that a workspace with many watches does not starve one with few. */
export interface FairShare {
  /** 0 for a poll that may go first, 1 for one that comes after all of those. Counts the poll. */
  readonly priorityOf: (workspaceId: string) => 0 | 1;
}

/** What was polled in the last window says what each workspace may have in this one, in milliseconds. */
const windowMs = 30_000;

/** The rest of the polls is for those that come after: they wait longer, but not for ever. */
const shareOfFirst = 0.8;

/**
 * Every workspace may have an equal part of the polls that go first; what it polls beyond that comes
 * after. Of the polls together, a fifth at least is left for those, oldest first.
 */
export function createFairShare(nowMs: () => number, random: () => number): FairShare {
  let before = new Map<string, number>();
  let counts = new Map<string, number>();
  let endsAtMs = -Infinity;

  return {
    priorityOf: (workspaceId) => {
      if (nowMs() >= endsAtMs) {
        before = nowMs() >= endsAtMs + windowMs ? new Map() : counts;
        counts = new Map();
        endsAtMs = nowMs() + windowMs;
      }
      counts.set(workspaceId, (counts.get(workspaceId) ?? 0) + 1);
      const known = before.size > 0 ? before : counts;
      const own = known.get(workspaceId);
      if (own === undefined) return 0;
      // Alone, all come after one another: what goes first would go before new watches for ever.
      if (known.size === 1) return 1;
      const all = [...known.values()].reduce((sum, count) => sum + count, 0);
      return random() < (shareOfFirst * all) / (known.size * own) ? 0 : 1;
    },
  };
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
