import { expect, test } from "vitest";
import type { Violation } from "../src/index.ts";
import { verify } from "../src/index.ts";
import type { Behavior } from "./mutants/behavior.ts";
import { verification } from "./mutants/start-provider.ts";
import { ids, logs } from "./mutants/world.ts";
import { withProvider } from "./provider-under-test.ts";

/** What is found where everything changes once the requests that overlap have begun. */
async function foundIn(behavior: Behavior): Promise<readonly Violation[]> {
  const report = await withProvider(behavior, (baseUrl) =>
    verify({ baseUrl, ...verification, only: ["parallel", "keep-alive"] }),
  );
  return report.violations;
}

const known = verification.syncLogs?.length ?? 0;
const checksOf = (violations: readonly Violation[]): readonly string[] =>
  [...new Set(violations.map(({ check, operationId }) => `${operationId} ${check}`))].toSorted();

test("a log that goes back to an earlier status is named so, and not mixed up", async () => {
  const running = { status: "ingesting", completedAt: null };
  const found = await foundIn({
    log: (log, { isList, readings }) =>
      log.id === ids.completed && !isList && readings > 0 ? { ...log, ...running } : log,
  });
  expect(checksOf(found)).toEqual([
    "getSyncLog invariant/lifecycle-is-followed",
    "getSyncLog invariant/terminal-never-changes",
    "getSyncLog read/unstable",
  ]);
});

test("a list that is empty is named so, and not mixed up", async () => {
  const found = await foundIn({
    list: ({ requests }, plain) => plain && (requests > known ? [] : plain),
  });
  expect(checksOf(found)).toEqual(["listSyncLogs list/item-missing"]);
  expect(found).toMatchObject([{ actual: "an empty list" }]);
});

test("a list of another tenant's logs is mixed up, and both lists are told by their numbers", async () => {
  const found = await foundIn({
    list: ({ requests }, plain) =>
      plain && (requests > known ? logs.filter(({ id }) => id === ids.foreign) : plain),
  });
  expect(found.find(({ check }) => check === "parallel/answer-mixed-up")).toMatchObject({
    expected: "[…] of 5, as in a plain request",
    actual: "[…] of 1",
  });
});
