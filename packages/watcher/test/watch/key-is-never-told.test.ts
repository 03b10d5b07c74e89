import { inspect } from "node:util";
import { createSyncLogClient, type SyncLogClientOptions } from "@qontext/sync-log-client";
import { expect, test } from "vitest";
import type { SyncLogWatcherOptions, WatchStatus } from "../../src/index.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

const key = 'q_sk_odd+/"key"=';

const forms: readonly (readonly [name: string, text: string])[] = [
  ["as it is", key],
  ["percent-encoded in lower case", encodeURIComponent(key).toLowerCase()],
  ["as JSON in JSON", JSON.stringify(JSON.stringify(key))],
  ["as base64 of user:key", Buffer.from(`user:${key}`).toString("base64")],
];

interface Place {
  readonly name: string;
  /** Options with a callback that throws a text. */
  readonly options?: (text: string) => Partial<SyncLogWatcherOptions>;
  readonly hooks?: (text: string) => SyncLogClientOptions["hooks"];
  readonly status: "completed" | "ingesting";
  readonly stage: WatchStatus["stage"];
  /** Whether polls fail once the sync log was seen. */
  readonly failsThen?: boolean;
}

const fail = (thrown: unknown) => (): never => {
  throw thrown;
};

const places: readonly Place[] = [
  {
    name: "an error of onOutcome",
    options: (text) => ({
      onOutcome: fail(new Error(`not with ${text}`, { cause: { text } })),
    }),
    status: "completed",
    stage: "parked",
  },
  {
    name: "a text that onOutcome throws",
    options: (text) => ({ onOutcome: fail(`not with ${text}`) }),
    status: "completed",
    stage: "parked",
  },
  {
    name: "an object that onOutcome throws, which can't be made a string",
    options: (text) => ({ onOutcome: fail(Object.assign(Object.create(null), { text })) }),
    status: "completed",
    stage: "parked",
  },
  {
    name: "an error of onUpdate",
    options: (text) => ({ onUpdate: fail(new Error(`not with ${text}`)) }),
    status: "ingesting",
    stage: "waiting",
  },
  {
    name: "an error of a client's hook",
    hooks: (text) => ({ onRequest: fail(new Error(`not with ${text}`)) }),
    status: "ingesting",
    stage: "delivered",
  },
  { name: "a sync log", status: "completed", stage: "delivered" },
  { name: "a status", status: "ingesting", stage: "waiting" },
  {
    name: "a status that was the last one",
    options: () => ({ maxFailingMs: 0 }),
    status: "ingesting",
    stage: "delivered",
    failsThen: true,
  },
];

const cases = places.flatMap((place) => forms.map(([form, text]) => ({ ...place, form, text })));

test.each(cases)("the key $form in $name is not told", async (one) => {
  await using api = await startSyncLogApi();
  api.acceptedKey = key;
  api.note = one.text;
  api.endAll = one.status === "completed";
  const told: unknown[] = [];
  const log = (...args: unknown[]): void => void told.push(args);
  await using collected = collectOutcomes(api, {
    client: createSyncLogClient({ apiKey: key, baseUrl: api.url, hooks: one.hooks?.(one.text) }),
    logger: { debug: log, info: log, warn: log, error: log },
    ...one.options?.(one.text),
  });
  const { watcher, outcomes, events } = collected;
  await watcher.watch(target(1), { metadata: "kept" });
  if (one.failsThen === true) {
    await until("it was seen", async () => (await watcher.status(target(1)))?.lastSeen !== null);
    api.broken.set("*", 503);
  }
  await until(`it is ${one.stage}`, async () => {
    const status = await watcher.status(target(1));
    return status?.stage === one.stage && (status.polls > 0 || one.hooks !== undefined);
  });
  told.push(await watcher.status(target(1)), outcomes, events);

  const text = inspect(told, { depth: 20, maxStringLength: null });
  expect(text).toContain("kept");
  expect(text).toContain("[redacted]");
  for (const [, form] of forms) {
    expect(text).not.toContain(form);
    expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
  }
});

test("a key that is a status changes how a watch ends no more than its texts", async () => {
  await using api = await startSyncLogApi();
  api.acceptedKey = "completed";
  api.endAll = true;
  const client = createSyncLogClient({ apiKey: api.acceptedKey, baseUrl: api.url });
  await using collected = collectOutcomes(api, { client });
  await collected.watcher.watch(target(1));
  await until("there is an outcome", () => collected.outcomes.length === 1);
  expect(collected.outcomes[0]).toMatchObject({ endedAs: "completed" });
});
