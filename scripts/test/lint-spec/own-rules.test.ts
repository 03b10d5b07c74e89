import { describe, expect, it, vi } from "vitest";
import { pluginRuleIds, referencesRuleId } from "../../lint-spec/plugin.ts";
import type { FaultCase } from "./cases.ts";
import { documentFaults } from "./document-faults.ts";
import { exampleFaults } from "./example-faults.ts";
import { exampleInvariantFaults } from "./example-invariant-faults.ts";
import { extensionFaults } from "./extension-faults.ts";
import { lintCopy } from "./lint-copy.ts";
import { listRuleFaults } from "./list-rule-faults.ts";
import { schemaFaults } from "./schema-faults.ts";

const cases: readonly FaultCase[] = [
  ...documentFaults,
  ...exampleFaults,
  ...exampleInvariantFaults,
  ...extensionFaults,
  ...listRuleFaults,
  ...schemaFaults,
];

vi.setConfig({ testTimeout: 60_000 });

describe("a copy of the spec with one fault", () => {
  it.each(cases)("$ruleId: $what", async (fault) => {
    const { exitCode, problems } = await lintCopy(...fault.edits);
    expect(exitCode).toBe(1);
    const found = problems.find(({ ruleId }) => ruleId === fault.ruleId);
    expect(found, `found only ${JSON.stringify(problems, null, 2)}`).toBeDefined();
    expect(found).toMatchObject({
      file: fault.file ?? "openapi.yaml",
      message: expect.stringMatching(fault.message),
      text: expect.stringContaining(fault.at),
    });
    expect(found?.text.startsWith(fault.at)).toBe(true);
    const ruleIds = new Set(problems.map(({ ruleId }) => ruleId));
    expect(ruleIds).toEqual(new Set([fault.ruleId, ...(fault.also ?? [])]));
  });
});

it("there is such a copy for every rule of the project", () => {
  const covered = new Set(cases.map(({ ruleId }) => ruleId));
  expect([...covered].toSorted()).toEqual([...pluginRuleIds, referencesRuleId].toSorted());
});

it("a schema that does not compile is told once, however it is referred to", async () => {
  const broken = "    Workspace Id:\n      format: unknown\n";
  const { problems } = await lintCopy(
    { replace: "    WorkspaceId:\n", by: broken },
    { replace: /schemas\/WorkspaceId/g, by: "schemas/Workspace%20Id" },
  );
  const told = problems.filter(({ ruleId }) => ruleId === "sync-log/schema-compiles");
  expect(told).toHaveLength(1);
});
