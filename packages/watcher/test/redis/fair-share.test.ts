import { expect, test } from "vitest";
import { createFairShare } from "../../src/redis/fair-share.ts";

/** The share of each workspace's polls that go first, in the second of two windows. */
function sharesOfFirst(polls: Readonly<Record<string, number>>): Record<string, number> {
  let nowMs = 0;
  let step = 0;
  // All parts of 0 to 1 alike.
  const fair = createFairShare(
    () => nowMs,
    () => (step++ * 0.618_034) % 1,
  );
  const round = () =>
    Object.fromEntries(
      Object.entries(polls).map(([workspaceId, count]) => {
        const priorities = Array.from({ length: count }, () => fair.priorityOf(workspaceId));
        return [workspaceId, priorities.filter((priority) => priority === 0).length / count];
      }),
    );
  round();
  nowMs = 30_000;
  return round();
}

test("a workspace with few watches goes first, and one with many has its part of that", () => {
  const { many = 0, few = 0 } = sharesOfFirst({ many: 1000, few: 3 });
  expect(few).toBe(1);
  expect(many).toBeGreaterThan(0.35);
  expect(many).toBeLessThan(0.45);
});

test("equal workspaces have equal parts, and leave a fifth to those that come after", () => {
  const shares = sharesOfFirst({ one: 500, two: 500, three: 500 });
  for (const share of Object.values(shares)) {
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.85);
  }
});

test("alone, a workspace has one line for all", () => {
  expect(sharesOfFirst({ only: 1000 })).toEqual({ only: 0 });
});
