import { expect, test } from "vitest";
import { createFairShare } from "../../src/redis/fair-share.ts";

/** How many of each workspace's polls go first, in the second of two windows. */
function firstOf(polls: Readonly<Record<string, number>>): Record<string, number> {
  let nowMs = 0;
  const fair = createFairShare(() => nowMs);
  const round = () =>
    Object.fromEntries(
      Object.entries(polls).map(([workspaceId, count]) => {
        const priorities = Array.from({ length: count }, () => fair.priorityOf(workspaceId));
        return [workspaceId, priorities.filter((priority) => priority === 0).length];
      }),
    );
  round();
  nowMs = 30_000;
  return round();
}

test("a workspace with few watches goes first, and one with many comes after", () => {
  expect(firstOf({ many: 1000, few: 3 })).toEqual({ many: 0, few: 3 });
});

test("what goes first is at most half of all", () => {
  const few = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`few ${n}`, 100]));
  const first = firstOf({ many: 5000, ...few });
  const count = Object.values(first).reduce((sum, one) => sum + one, 0);
  expect(first["many"]).toBe(0);
  expect(first["few 0"]).toBe(98);
  expect(count).toBeLessThanOrEqual(5000);
});

test("equal workspaces are in one line", () => {
  const equal = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`ws ${n}`, 5]));
  expect(new Set(Object.values(firstOf(equal)))).toEqual(new Set([0]));
});

test("of equal workspaces none goes first that one process has polled less by chance", () => {
  // The polls of 1,000 workspaces, three or four of each, as one of three processes comes to see them.
  const seen = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`ws ${n}`, 2 + ((n * 7919) % 5)]),
  );
  const first = Object.values(firstOf(seen)).reduce((sum, one) => sum + one, 0);
  expect(first).toBe(0);
});

test("alone, a workspace has one line for all", () => {
  expect(firstOf({ only: 1000 })).toEqual({ only: 0 });
});
