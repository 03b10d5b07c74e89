import { testConfig } from "@qontext/sync-log-test-support/test-config";

export default testConfig({
  // The last of all suites, when nothing else runs.
  maxWorkers: 2,
  silent: "passed-only",
});
