import { expect, it } from "vitest";
import type { SyncLogClient } from "../../src/index.ts";
import { createScriptedClient, type Step } from "../fixtures/scripted-client.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { ids } from "../fixtures/sync-logs.ts";

async function waitInTheShop(client: SyncLogClient): Promise<void> {
  await client.waitForSyncLog(ids, { maxWaitMs: 60_000 });
}

async function watchInTheShop(client: SyncLogClient): Promise<void> {
  for await (const { isTerminal } of client.watchSyncLog(ids, { maxWaitMs: 60_000 })) {
    if (isTerminal) return;
  }
}

const failures: readonly (readonly [string, () => Step])[] = [
  ["a refusal", () => new Response(null, { status: 403 })],
  ["its end", () => ({})],
];

it.each(failures)("the stack of a wait that ends with %s leads to its caller", async (_, step) => {
  const waiting = createScriptedClient((n) => (n < 3 ? {} : step()));
  const waited = await waiting.clock.run(syncLogErrorOf(waitInTheShop(waiting.client)));
  expect(waited.stack).toContain("waitInTheShop");
  const watching = createScriptedClient((n) => (n < 3 ? {} : step()));
  const watched = await watching.clock.run(syncLogErrorOf(watchInTheShop(watching.client)));
  expect(watched.stack).toContain("watchInTheShop");
});
