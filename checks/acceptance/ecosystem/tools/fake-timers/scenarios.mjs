// What a wait does under the fake timers of a test runner; each of the runners beside this file compares it.
import { createSyncLogClient } from "@qontext/sync-log-client";
import { createVirtualClock } from "@qontext/sync-log-client/testing";

const target = { workspaceId: "ws_1", id: "sync_1" };
const options = { apiKey: "q_sk_test", baseUrl: "http://localhost" };

/** A fetch from memory, whose sync ends with the tenth poll, or never. */
function answerFrom(polls) {
  let polled = 0;
  return () => {
    polled += 1;
    const status = polled < polls ? "ingesting" : "completed";
    return Promise.resolve(new Response(JSON.stringify({ id: target.id, status })));
  };
}

/** Moves fake time on by ten minutes, in which a wait of as long ends; gives what it ended with. */
export async function waitInFakeTime(advanceBy) {
  const client = createSyncLogClient({ ...options, fetch: answerFrom(Infinity) });
  const wait = client.waitForSyncLog(target, { maxWaitMs: 600_000 }).catch((error) => error);
  await advanceBy(601_000);
  const { code, polls, elapsedMs } = await wait;
  return { code, isPolled: polls > 20, isOnTime: Math.abs(elapsedMs - 600_000) < 2000 };
}

export const expectedInFakeTime = { code: "wait_timeout", isPolled: true, isOnTime: true };

/** A wait on the clock of the client's own, whatever else is fake. */
export async function waitOnVirtualClock() {
  const clock = createVirtualClock();
  const client = createSyncLogClient({ ...options, clock, fetch: answerFrom(10) });
  const { status, polls } = await clock.run(client.waitForSyncLog(target));
  return { status, polls };
}

export const expectedOnVirtualClock = { status: "completed", polls: 10 };
