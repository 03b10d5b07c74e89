import { expect, test } from "vitest";
import { unmetGoals } from "../bench/unmet-goals.ts";

const kept = { missed: [], alarms: [], correctProviders: 30, medianMs: 2999, requests: 650 };

test("a benchmark that keeps its promises has no unmet goal", () => {
  expect(unmetGoals(kept)).toEqual([]);
});

test.for([
  [{ missed: ["no-auth"] }, "missed: no-auth"],
  [{ alarms: ["plain"] }, "false alarm: plain"],
  [{ correctProviders: 29 }, "only 29 correct providers, not 30"],
  [{ medianMs: 3000 }, "a run takes 3000 ms, not less than 3000"],
  [{ requests: 651 }, "a run sends 651 requests, not at most 650"],
] as const)("%j is an unmet goal", ([change, goal]) => {
  expect(unmetGoals({ ...kept, ...change })).toEqual([goal]);
});
