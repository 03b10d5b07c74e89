// What the compiler must take in every kind of project, in the module system that the file's extension says.
import { createSyncLogClient, isNotFoundError, NotFoundError } from "@qontext/sync-log-client";
import type { SyncLogClient, WaitResult } from "@qontext/sync-log-client";
import { createNodeFetch } from "@qontext/sync-log-client/node";
import { createVirtualClock } from "@qontext/sync-log-client/testing";
import { createMock, startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import type { SyncLog } from "@qontext/sync-log-schema";
import { syncLogLifecycle } from "@qontext/sync-log-schema";

const client: SyncLogClient = createSyncLogClient({
  apiKey: "q_sk_test",
  fetch: createNodeFetch(),
  clock: createVirtualClock(),
});

export async function use(server: MockServer): Promise<SyncLog["status"]> {
  const sync = server.sync().follow("completed");
  const result: WaitResult = await client.waitForSyncLog(sync);
  try {
    const log: SyncLog = await client.getSyncLog(sync);
    return log.status;
  } catch (error) {
    if (error instanceof NotFoundError || isNotFoundError(error)) return result.status;
    throw error;
  }
}

export const started: Promise<MockServer> = startMockServer();
export const answer: Promise<Response> = createMock().then((mock) =>
  mock.fetch("http://localhost"),
);
export const endings: readonly string[] = Object.keys(syncLogLifecycle.terminal);
// @ts-expect-error -- a number is no key: the types are there, and are not `any`
createSyncLogClient({ apiKey: 1 });
