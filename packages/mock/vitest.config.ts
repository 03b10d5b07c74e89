import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 15_000,
    // Loading Prism takes most of a second: once for each worker, not for each file.
    isolate: false,
  },
});

export default config;
