import { expect, it } from "vitest";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

const hang = (): Promise<never> => new Promise(() => undefined);

/** A client whose function for the key is asked with the number of the question, from 1. */
function createAskingClient(answer: (question: number) => string | Promise<string>) {
  let asked = 0;
  const apiKeyFunction = (): string | Promise<string> => answer((asked += 1));
  const scripted = createScriptedClient(() => ({ status: "completed" }), {
    apiKey: apiKeyFunction,
    retry: false,
  });
  return { ...scripted, asked: () => asked };
}

it("a function for the key that hangs once fails the calls that wait for it, and no other", async () => {
  const { client, clock, asked } = createAskingClient((n) => (n === 1 ? hang() : apiKey));
  const first = [client.getSyncLog(ids), client.getSyncLog({ ...ids, id: "sync_2" })].map((call) =>
    rejection(call),
  );
  for (const error of await clock.run(Promise.all(first))) {
    expect(error).toMatchObject({
      code: "request_timeout",
      message: expect.stringContaining("The `apiKey` function did not answer in that time."),
    });
  }
  expect(await clock.run(client.getSyncLog(ids))).toMatchObject(ids);
  expect(asked()).toBe(2);
});

it("is asked anew after an abort", async () => {
  const { client } = createAskingClient((n) => (n === 1 ? hang() : apiKey));
  const controller = new AbortController();
  const aborted = rejection(client.getSyncLog(ids, { signal: controller.signal }));
  controller.abort("left");
  expect(await aborted).toBe("left");
  expect(await client.getSyncLog(ids)).toMatchObject(ids);
});

it("a wait goes on where it hangs once", async () => {
  const { client, clock } = createAskingClient((n) => (n === 1 ? hang() : apiKey));
  expect(await clock.run(client.waitForSyncLog(ids))).toMatchObject({ status: "completed" });
});

it("an answer that comes too late for its call serves the next one", async () => {
  const { client, clock, asked } = createAskingClient(
    (n) => new Promise((resolve) => void clock.setTimeout(() => resolve(`${apiKey}-${n}`), 40_000)),
  );
  expect(await clock.run(rejection(client.getSyncLog(ids)))).toMatchObject({
    code: "request_timeout",
  });
  await clock.advanceBy(10_000);
  expect(await clock.run(client.getSyncLog(ids))).toMatchObject(ids);
  expect(asked()).toBe(1);
});
