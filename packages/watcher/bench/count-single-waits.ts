import { createSyncLogClient } from "@qontext/sync-log-client";
import { createVirtualClock } from "@qontext/sync-log-client/testing";
import { createMock } from "@qontext/sync-log-mock";
import type { BenchSync } from "./bench-protocol.ts";

/** How many requests one `waitForSyncLog` for each sync would send, in virtual time; on average. */
export async function countSingleWaits(syncs: readonly BenchSync[]): Promise<number> {
  let requests = 0;
  for (const { workspaceId, id, endsAfterMs } of syncs) {
    const clock = createVirtualClock(Date.UTC(2026, 0, 1));
    const mock = await createMock({ clock: { now: () => clock.epochMs() } });
    const sync = mock
      .sync({ workspaceId, id })
      .follow("completed", { advance: { everyMs: Math.round(endsAfterMs / 6) } });
    const client = createSyncLogClient({
      apiKey: "q_sk_bench",
      clock,
      fetch: async () => {
        requests++;
        return Response.json(sync.body);
      },
    });
    await clock.run(client.waitForSyncLog({ workspaceId: sync.workspaceId, id }));
  }
  return requests / syncs.length;
}
