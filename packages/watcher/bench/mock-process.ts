// The mock of the bench, in a process of its own.
import { startMockServer } from "@qontext/sync-log-mock";
import type { BenchSync } from "./bench-protocol.ts";

const server = await startMockServer({ maxRequests: 1 });
process.on("message", (message) => {
  const syncs: BenchSync[] = JSON.parse(typeof message === "string" ? message : "[]");
  for (const { id, endsAfterMs } of syncs) {
    // pending, preparing, data_fetching, three times ingesting, completed: six steps.
    server.sync({ id }).follow("completed", { advance: { everyMs: Math.round(endsAfterMs / 6) } });
  }
  process.send?.("created");
});
process.on("disconnect", () => process.exit(0));
process.send?.(server.url);
