// What `npm start` runs: one completed sync log is read, a second one is followed from pending to completed, both from
// the mock. With QONTEXT_API_KEY set and two ids given it follows that sync log on the live service instead.
import { parseArgs } from "node:util";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { startMockServer } from "@qontext/sync-log-mock";
import { followSyncLog } from "./follow-sync-log.ts";

const usage = `usage: npm start                     read and follow two sync logs of the mock
       npm start -- ws_… sync_…     follow a sync log of the live service (needs QONTEXT_API_KEY)`;

async function showOnMock(): Promise<number> {
  await using mock = await startMockServer();
  console.log(`The mock listens at ${mock.url}\n`);
  // Without apiKeys of its own the mock takes any key; the real one never goes there.
  const client = createSyncLogClient({ apiKey: "q_sk_any", baseUrl: mock.url });

  const ended = mock.sync().at("completed");
  const syncLog = await client.getSyncLog(ended);
  console.log(`${syncLog.id} is ${syncLog.status}: ${syncLog.recordsIngested} records\n`);

  const running = mock
    .sync()
    .follow("completed", { totalRecords: 1800, advance: { everyMs: 200 } });
  return await followSyncLog(client, running, { minIntervalMs: 100, maxIntervalMs: 200 });
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [workspaceId, id, ...rest] = positionals;
  if (workspaceId === undefined) return showOnMock();
  if (id === undefined || rest.length > 0) {
    console.error(usage);
    return 2;
  }
  return followSyncLog(createSyncLogClient(), { workspaceId, id });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
