import { expect, test } from "vitest";
import { verify } from "../src/index.ts";
import { inItem } from "./mutants/list-behaviors.ts";
import type { Behavior } from "./mutants/behavior.ts";
import { verification } from "./mutants/start-provider.ts";
import { ids } from "./mutants/world.ts";
import { withProvider } from "./provider-under-test.ts";

async function foundIn(behavior: Behavior): Promise<readonly string[]> {
  const report = await withProvider(behavior, (baseUrl) =>
    verify({ baseUrl, ...verification, only: ["read"] }),
  );
  return report.violations.map(({ check, operationId }) => `${operationId} ${check}`);
}

test("a record that contradicts itself is a fault of its own, and none of the list", async () => {
  const fromReplicas: Behavior = {
    log: (log, { readings }) =>
      log.id === ids.stopped && readings % 2 === 1 ? { ...log, correlationId: null } : log,
  };
  expect(await foundIn(fromReplicas)).toEqual([
    "getSyncLog read/unstable",
    "getSyncLog invariant/terminal-never-changes",
  ]);
});

test("one that only the list shows in another way is a fault of the list", async () => {
  const found = await foundIn(inItem(() => ({ correlationId: null }), ids.stopped));
  expect(found).toEqual([
    "listSyncLogs invariant/terminal-never-changes",
    "listSyncLogs list/item-differs",
  ]);
});
