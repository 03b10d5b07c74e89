import { testConfig } from "@qontext/sync-log-test-support/test-config";

export default testConfig({ include: ["test/browser/**/*.test.ts"] });
