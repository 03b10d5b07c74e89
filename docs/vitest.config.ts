import { defineConfig } from "vitest/config";

export default defineConfig({
  // The browser runs on a machine that may be busy with much else.
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
