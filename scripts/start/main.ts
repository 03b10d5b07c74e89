// What `npm start` runs: `sync-log` reads one completed sync log, follows a second one from pending to completed, and lists their
// workspace, all from the mock. With QONTEXT_API_KEY set and two ids given it follows that sync log on the live service instead.
import { parseArgs } from "node:util";
import { startMockServer } from "@qontext/sync-log-mock";
import { commandWords, runSyncLog } from "./run-sync-log.ts";

const usage = `usage: npm start                     read and follow two sync logs of the mock, and list them
       npm start -- ws_… sync_…     follow a sync log of the live service (needs QONTEXT_API_KEY)`;

/** Runs the command below a line that shows what was run. */
async function show(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  console.log(`\n$ ${commandWords("@qontext/sync-log-cli")} ${args.join(" ")}`);
  return runSyncLog(args, env);
}

async function showOnMock(): Promise<number> {
  await using mock = await startMockServer();
  console.log(`The mock listens at ${mock.url} until the last of these commands has ended:`);
  // Without apiKeys of its own the mock takes any key; the real one never goes there.
  const env = { ...process.env, QONTEXT_API_KEY: "q_sk_any", QONTEXT_BASE_URL: mock.url };

  const ended = mock.sync().at("completed");
  const code = await show(["get", ended.workspaceId, ended.id], env);
  if (code !== 0) return code;

  // Each answer moves it on, so that no status is missed.
  const running = mock.sync().follow("completed", { totalRecords: 1800, progressSteps: 14 });
  const watched = await show(
    ["watch", running.workspaceId, running.id, "--interval", "100ms"],
    env,
  );
  if (watched !== 0) return watched;
  const read = await show(["get", running.workspaceId, running.id], env);
  if (read !== 0) return read;
  const listed = await show(["list", running.workspaceId], env);
  if (listed === 0) console.log(nextSteps(running.workspaceId));
  return listed;
}

/** What to run next, as it can be pasted. */
function nextSteps(workspaceId: string): string {
  const [syncLog, mock] = ["@qontext/sync-log-cli", "@qontext/sync-log-mock"].map(commandWords);
  return `
Next, to be pasted:
1. A mock that stays, in another terminal, with syncs that go on by themselves:
     ${mock} --scenario completed@3s --scenario failed@5s --scenario at-ingesting
2. All of its syncs, live:
     ${syncLog} list ${workspaceId} --watch --api-key q_sk_any --base-url http://127.0.0.1:4010
3. What else there is, and for your own workspace nothing more than QONTEXT_API_KEY:
     ${syncLog} --help`;
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [workspaceId, id, ...rest] = positionals;
  if (workspaceId === undefined) return showOnMock();
  if (id === undefined || rest.length > 0) {
    console.error(usage);
    return 2;
  }
  return runSyncLog(["watch", workspaceId, id], process.env);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
