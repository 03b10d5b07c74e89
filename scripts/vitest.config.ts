import { testConfig } from "@qontext/sync-log-test-support/test-config";

export default testConfig({
  // The scripts run in Node as they are, so CommonJS packages must look to tests as they look to Node.
  deps: { interopDefault: false },
});
