import path from "node:path";
import { startVitest } from "vitest/node";
import { expect, test } from "vitest";

test("a suite over a wrong provider fails in the case that shows the fault", async () => {
  const root = path.join(import.meta.dirname, "fixtures");
  const vitest = await startVitest("test", [], {
    root,
    config: false,
    include: ["wrong-provider.suite.ts"],
    watch: false,
    reporters: [{}],
  });
  const [module] = vitest.state.getTestModules();
  const tests = [...(module?.children.allTests() ?? [])];
  const failed = tests.filter((one) => one.result().state === "failed");
  await vitest.close();
  process.exitCode = 0;
  expect(tests.length).toBeGreaterThan(70);
  expect(failed.map((one) => one.name.split(":")[0])).toEqual(["accept/xml"]);
  expect(failed[0]?.result().errors?.[0]?.message).toContain("accept/server-error");
});
