import { testConfig } from "@qontext/sync-log-test-support/test-config";

export default testConfig({
  root: import.meta.dirname,
  include: ["*.test.ts", "*/*.test.ts"],
  testTimeout: 180_000,
  hookTimeout: 300_000,
});
