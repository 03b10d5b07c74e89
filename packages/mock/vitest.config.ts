import type { ViteUserConfig } from "vitest/config";
import { testConfig } from "@qontext/sync-log-test-support/test-config";

const config: ViteUserConfig = testConfig({
  // Loading Prism takes most of a second: once for each worker, not for each file.
  isolate: false,
});

export default config;
