import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Each of the commands runs as a process of its own, on a machine that may have other things to do.
    testTimeout: 60_000,
    // The scripts run in Node as they are, so CommonJS packages must look to tests as they look to Node.
    deps: { interopDefault: false },
  },
});
