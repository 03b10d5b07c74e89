import { expect, test } from "vitest";
import { createTrouble } from "../src/commands/trouble.ts";

const at = (id: string): string => `GET /sync-logs/${id} answered 503.`;

test("trouble is told once, until all who have it are well again", () => {
  const told: string[] = [];
  const trouble = createTrouble(["sync_a", "sync_b", "sync_c"], (message) => told.push(message));
  trouble.report(at("sync_a"));
  trouble.report(at("sync_a"));
  // Another log has the same, and a third one is well: that is no news about the first.
  trouble.report(at("sync_b"));
  trouble.isWell("sync_c");
  trouble.report(at("sync_a"));
  trouble.isWell("sync_b");
  trouble.report(at("sync_a"));
  expect(told).toEqual([at("sync_a")]);
  trouble.isWell("sync_a");
  trouble.report(at("sync_b"));
  expect(told).toEqual([at("sync_a"), at("sync_b")]);
});

test("trouble of another kind is told, and what belongs to no log only once", () => {
  const told: string[] = [];
  const trouble = createTrouble(["sync_a"], (message) => told.push(message));
  trouble.report(at("sync_a"));
  trouble.report("GET /sync-logs/sync_a took too long.");
  trouble.report("The key is short.");
  trouble.isWell("sync_a");
  trouble.report("The key is short.");
  expect(told).toHaveLength(3);
});
