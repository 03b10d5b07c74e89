import { describe, expect, test } from "vitest";
import { planQuick } from "../../quick/plan-quick.ts";

describe("what is run after a change", () => {
  test.each([
    ["a page", ["README.md"], { mustGenerate: false, turbo: [], checks: [] }],
    [
      "a source, for its package alone",
      ["packages/client/src/index.ts", "packages/client/test/a.test.ts"],
      {
        mustGenerate: false,
        turbo: [["typecheck", "test", "api:report", "--filter=./packages/client"]],
        checks: [],
      },
    ],
    [
      "the document, before and after its code is generated",
      ["specs/openapi.yaml", "packages/schema/src/generated/types.ts"],
      {
        mustGenerate: true,
        turbo: [["typecheck", "test", "api:report", "--filter=./packages/schema"]],
        checks: [],
      },
    ],
    [
      "the generator, with its tests",
      ["scripts/generate/emit/emit-types.ts", "scripts/test/release/law.test.ts"],
      {
        mustGenerate: true,
        turbo: [["typecheck", "test:generate", "test:release", "--filter=scripts"]],
        checks: [],
      },
    ],
    [
      "a check, by itself",
      ["checks/test/repository/workflows.test.ts", "checks/test/repository/task-graph.ts"],
      { mustGenerate: false, turbo: [], checks: ["test/repository/workflows.test.ts"] },
    ],
  ])("of %s", (_, files, plan) => {
    expect(planQuick(files)).toEqual(plan);
  });
});
