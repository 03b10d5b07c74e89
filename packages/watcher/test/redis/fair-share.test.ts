import { expect, test } from "vitest";
import { createFairShare } from "../../src/redis/fair-share.ts";

interface Workspace {
  /** How many watches it has. */
  readonly size: number;
  /** How many of its polls come up. */
  readonly polls: number;
}

/** How many of each workspace's polls go first, which come up in turn. */
async function firstOf(all: Readonly<Record<string, Workspace>>): Promise<Record<string, number>> {
  const fair = createFairShare(
    () => 0,
    async (workspaceId) => all[workspaceId]?.size ?? 0,
  );
  const left = new Map(Object.entries(all).map(([id, { polls }]) => [id, polls]));
  const first = Object.fromEntries(Object.keys(all).map((id) => [id, 0]));
  while (left.size > 0) {
    for (const [id, polls] of left) {
      if ((await fair.turnOf(id)).priority === 0) first[id] = (first[id] ?? 0) + 1;
      if (polls > 1) left.set(id, polls - 1);
      else left.delete(id);
    }
  }
  return first;
}

const workspaces = (count: number, one: Workspace): Record<string, Workspace> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`of ${one.size}: ${n}`, one]));

test("a workspace with few watches goes first, also before others have been polled often", async () => {
  const many = { size: 1000, polls: 3 };
  expect(await firstOf({ many, few: { size: 3, polls: 3 } })).toEqual({ many: 0, few: 3 });
});

test("what goes first is at most four fifths of all, and rarer where it is more than half", async () => {
  const first = await firstOf({
    ...workspaces(50, { size: 3, polls: 100 }),
    many: { size: 10_000, polls: 500 },
  });
  const count = Object.values(first).reduce((sum, one) => sum + one, 0);
  expect(first["many"]).toBe(0);
  expect(count).toBeGreaterThan(4000);
  expect(count).toBeLessThan(4500);

  const size = { few: 3, many: 10_000 };
  const fair = createFairShare(
    () => 0,
    async (id) => (id === "many" ? size.many : size.few),
  );
  await fair.turnOf("many");
  const turns = await Promise.all(Array.from({ length: 60 }, async () => fair.turnOf("few")));
  expect(turns.every(({ priority }) => priority === 0)).toBe(true);
  expect(turns[20]?.isPutOff).toBe(false);
  expect(turns.at(-1)?.isPutOff).toBe(true);
});

test.each([1, 5])("equal workspaces of %i are in one line", async (size) => {
  const first = await firstOf(workspaces(1000, { size, polls: 5 }));
  expect(new Set(Object.values(first))).toEqual(new Set([0]));
});

test("alone, a workspace has one line for all", async () => {
  expect(await firstOf({ only: { size: 1000, polls: 1000 } })).toEqual({ only: 0 });
});
