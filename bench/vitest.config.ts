import type { ViteUserConfig } from "vitest/config";
import { testConfig } from "@qontext/sync-log-test-support/test-config";

const config: ViteUserConfig = testConfig();

export default config;
