import type { ViteUserConfig } from "vitest/config";
import { testConfig } from "@qontext/sync-log-test-support/test-config";

const config: ViteUserConfig = testConfig({
  // A provider that hangs is part of the tests.
  maxWorkers: 2,
});

export default config;
