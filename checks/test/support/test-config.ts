import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

/** How long anything may take before it counts as hanging: tests run on small machines that are busy with much else. */
const patienceMs = 120_000;

/** The vitest configuration of a package; `changes` are what is its own. */
export function testConfig(changes: ViteUserConfig["test"] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      include: ["test/**/*.test.ts"],
      // A worker loads what the tests share once, and not again for each file.
      isolate: false,
      testTimeout: patienceMs,
      hookTimeout: patienceMs,
      expect: { poll: { timeout: patienceMs / 2 } },
      ...changes,
    },
  });
}
