import { tmpdir } from "node:os";
import { join } from "node:path";
import { testConfig } from "@qontext/sync-log-test-support/test-config";

export default testConfig({
  maxWorkers: 3,
  // The dozens of processes that the tests start load the same modules, which takes half of the time of most.
  env: { NODE_COMPILE_CACHE: join(tmpdir(), "sync-log-watcher-compile-cache") },
});
