import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A provider that hangs is part of the tests, and the machine may be a small one.
    testTimeout: 60_000,
    maxWorkers: 2,
    isolate: false,
  },
});

export default config;
