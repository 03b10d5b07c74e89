import { indexKeyOf, type WatchQueues } from "./queues.ts";

/** How many watches of a workspace are running. */
export type SizeOf = (workspaceId: string) => Promise<number>;

/** Decides which polls may go first, so that a workspace with many watches does not starve one with few. */
export interface FairShare {
  /** How the next poll of a workspace's watch is scheduled. Counts it. */
  readonly turnOf: (workspaceId: string) => Promise<Turn>;
}

/** How a poll is scheduled beside others. */
export interface Turn {
  /** 0 for a poll that may go first, 1 for one that comes after all of those. */
  readonly priority: 0 | 1;
  /** Whether it should be later than it would be by itself: those that go first are too many. */
  readonly isPutOff: boolean;
}

/** What came up in the last two windows says what workspaces there are, in milliseconds. */
const windowMs = 30_000;

/** So many polls may go first before others have come after them. */
const leastFirst = 20;

/** Of all polls, so many may go first: where there are more, they become rarer, and beyond the second part they are in line. */
const partOfFirst = 0.5;
const mostOfFirst = 0.8;

const inLine: Turn = { priority: 1, isPutOff: false };

/**
 * The polls of a workspace with less than half as many watches as workspaces have on average go first, up to a part of all
 * polls; all others are in one line. So where workspaces are about equal, however many they are, none overtakes another.
 */
export function createFairShare(nowMs: () => number, sizeOf: SizeOf): FairShare {
  let before = new Map<string, number>();
  let sizes = new Map<string, number>();
  let endsAtMs = -Infinity;
  let first = 0;
  let all = 0;
  /** Of the workspaces in `sizes`, and of those in `before` that are not. */
  let sum = 0;
  let count = 0;

  const note = (workspaceId: string, size: number): void => {
    const known = sizes.get(workspaceId) ?? before.get(workspaceId);
    if (known === undefined) count += 1;
    sum += size - (known ?? 0);
    sizes.set(workspaceId, size);
  };
  const beginWindow = (): void => {
    before = nowMs() >= endsAtMs + windowMs ? new Map() : sizes;
    sizes = new Map();
    count = before.size;
    sum = 0;
    for (const size of before.values()) sum += size;
    [first, all] = [0, 0];
    endsAtMs = nowMs() + windowMs;
  };

  return {
    turnOf: async (workspaceId) => {
      const size = await sizeOf(workspaceId);
      if (nowMs() >= endsAtMs) beginWindow();
      note(workspaceId, size);
      all += 1;
      if (2 * size >= sum / count || first > leastFirst + mostOfFirst * all) return inLine;
      first += 1;
      return { priority: 0, isPutOff: first > leastFirst + partOfFirst * all };
    },
  };
}

/** A size is asked for again after this, in milliseconds. */
const sizeForMs = 10_000;
const maxSizes = 20_000;

/** Asks Redis for the sizes, and remembers them for a while. */
export function createSizes(queues: WatchQueues, nowMs: () => number): SizeOf {
  const known = new Map<string, { readonly size: number; readonly untilMs: number }>();
  return async (workspaceId) => {
    const { size: before = 1, untilMs = 0 } = known.get(workspaceId) ?? {};
    if (nowMs() < untilMs) return before;
    const index = indexKeyOf(queues, workspaceId);
    // Redis that fails now is told by what is stored next.
    const size = Math.max(1, await queues.connection.hlen(index).catch(() => before));
    if (known.size >= maxSizes) known.clear();
    known.set(workspaceId, { size, untilMs: nowMs() + sizeForMs });
    return size;
  };
}

/** The same for new watches. */
export interface AddOrder {
  readonly priorityOf: (workspaceId: string) => 0 | 1;
}

/** So many new watches of a workspace may go first in each window: those of other workspaces come later. */
const firstAdds = 100;

/** The same for the first polls of new watches, as the process that adds them knows. */
export function createAddOrder(nowMs: () => number): AddOrder {
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
