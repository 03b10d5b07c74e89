import { expect, it } from "vitest";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids } from "../fixtures/sync-logs.ts";

it("disposing of a client ends all its waits, and no poll follows", async () => {
  const { client, clock, polledAtMs } = createScriptedClient(() => ({ status: "ingesting" }));
  const others = ["sync_2", "sync_3"].map((id) => ({ ...ids, id }));
  const waits = [ids, ids, ...others].map((target) => rejection(client.waitForSyncLog(target)));
  const updates = client.watchSyncLog(ids);
  await clock.advanceBy(0);
  await updates.next();
  const next = rejection(updates.next());
  await clock.advanceBy(5000);
  const polls = polledAtMs.length;
  await client[Symbol.asyncDispose]();
  const errors = await Promise.all([...waits, next]);
  expect(errors.map((error) => Reflect.get(Object(error), "name"))).toEqual(
    Array.from({ length: 5 }, () => "AbortError"),
  );
  expect(new Set(errors).size).toBe(5);
  await clock.advanceBy(60_000);
  expect(polledAtMs).toHaveLength(polls);
});

it("disposing of a client aborts the poll under way, and leaves single calls alone", async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const answers: ((response: Response) => void)[] = [];
  const { client, clock } = createScriptedClient(() => ({}), {
    fetch(_, { signal }) {
      signals.push(signal);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  const call = client.getSyncLog(ids);
  const wait = rejection(client.waitForSyncLog(ids));
  await clock.advanceBy(0);
  await client[Symbol.asyncDispose]();
  await wait;
  expect(signals.map((signal) => signal?.aborted)).toEqual([false, true]);
  answers[0]?.(Response.json({ id: ids.id }));
  expect(await call).toEqual({ id: ids.id });
});

it("a client that nobody waits with is disposed of by the end of a block", async () => {
  const { client } = createScriptedClient(() => ({ status: "completed" }));
  const read = async (): Promise<string> => {
    await using own = client;
    const { status } = await own.getSyncLog(ids);
    return status;
  };
  expect(await read()).toBe("completed");
});

const hang = (): Promise<never> => new Promise(() => undefined);

it.each([
  ["an update", "ingesting"],
  ["the terminal update", "completed"],
])("disposing of a client does not wait for a callback that is told %s", async (_, status) => {
  const { client, clock } = createScriptedClient(() => ({ status }));
  const waits = [ids, ids].map((target) => client.waitForSyncLog(target, { onProgress: hang }));
  const errors = waits.map((wait) => rejection(wait));
  await clock.advanceBy(100);
  await client[Symbol.asyncDispose]();
  const [one, other] = await Promise.all(errors);
  expect(one).toMatchObject({ name: "AbortError" });
  expect(other).toMatchObject({ name: "AbortError" });
  expect(one).not.toBe(other);
  expect(clock.timerCount).toBe(0);
});
