import { createSyncLogClient } from "@qontext/sync-log-client";
import { expect, test } from "vitest";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

test.each([
  [
    new Error("EACCES: permission denied, open '/run/key'"),
    "EACCES: permission denied, open '/run/key'",
  ],
  ["no vault", "no vault"],
  [new SyntaxError('Unexpected token, "q_sk_unknown-7" is no JSON'), '"[redacted]" is no JSON'],
  [new Error("not after watcher-test-5f1c9a, q_sk_watcher-test-5f1c9a"), "[redacted]"],
])("a key function that fails says why: %s", async (thrown, reason) => {
  await using api = await startSyncLogApi();
  let isBroken = false;
  const apiKey = (): string => {
    if (isBroken) throw thrown;
    return api.apiKey;
  };
  const client = createSyncLogClient({ apiKey, baseUrl: api.url });
  await using collected = collectOutcomes(api, { client });
  const { watcher } = collected;
  await watcher.watch(target(1));
  await until("it is polled", () => api.requests.length > 0);
  isBroken = true;
  api.acceptedKey = "q_sk_another";
  await until(
    "polls are paused",
    () => watcher.health().paused?.reason.code === "key_function_failed",
  );
  const told = JSON.stringify([watcher.health(), await watcher.status(target(1))]);
  expect(told).toContain(JSON.stringify(reason).slice(1, -1));
  expect(told).not.toContain("see `cause`");
  expect(told).not.toContain("unknown-7");
  expect(told).not.toContain(api.apiKey);
});

test.each(["single", "auto"] as const)(
  "a key function that never answers holds up no time limit, and is asked again now and then: %s",
  async (polls) => {
    await using api = await startSyncLogApi();
    api.endAll = true;
    let asked = 0;
    let hangs = true;
    const apiKey = (): Promise<string> => {
      asked++;
      return hangs ? new Promise(() => undefined) : Promise.resolve(api.apiKey);
    };
    const client = createSyncLogClient({ apiKey, baseUrl: api.url });
    const limits = { pollTimeoutMs: 100, probeEveryMs: 300, polls };
    await using collected = collectOutcomes(api, { client, ...limits });
    const { watcher, outcomes, events } = collected;
    for (const one of targets(20)) await watcher.watch(one, { maxWaitMs: 60_000 });
    await watcher.watch(target(20), { maxWaitMs: 200 });
    await until("one has waited for long enough", () => outcomes.length === 1);
    expect(outcomes).toMatchObject([{ ...target(20), endedAs: "timed_out" }]);
    await until("it was asked again", () => asked >= 3);
    expect(watcher.health().paused?.reason.message).toBe(
      "The `apiKey` function failed: no answer within pollTimeoutMs, 100 ms",
    );
    expect(events.filter(({ type }) => type === "paused")).toHaveLength(1);
    // Not each watch for itself.
    expect(asked).toBeLessThan(10);
    hangs = false;
    await until("all have ended", () => outcomes.length === 21);
    expect(events.some(({ type }) => type === "resumed")).toBe(true);
  },
);
