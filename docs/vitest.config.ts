import { testConfig } from "@qontext/sync-log-test-support/test-config";

// What needs a browser is `pnpm test:site`.
export default testConfig({ exclude: ["test/browser/**"] });
