import type { ViteUserConfig } from "vitest/config";
import { testConfig } from "@qontext/sync-log-test-support/test-config";

const config: ViteUserConfig = testConfig({
  typecheck: { enabled: true, include: ["test/**/*.test-d.ts"], tsconfig: "tsconfig.json" },
});

export default config;
