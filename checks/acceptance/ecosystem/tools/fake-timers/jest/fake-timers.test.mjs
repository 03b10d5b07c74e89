import { createServer } from "node:net";

const { jest } = import.meta;

test.each([{}, { doNotFake: ["performance"] }])(
  "a wait goes on with fake timers, %j",
  async (config) => {
    jest.useFakeTimers(config);
    const { waitInFakeTime, expectedInFakeTime } = await import("../scenarios.mjs");
    expect(await waitInFakeTime((ms) => jest.advanceTimersByTimeAsync(ms))).toEqual(
      expectedInFakeTime,
    );
  },
);

test("a virtual clock works under them, also where it is loaded under them", async () => {
  jest.useFakeTimers();
  const { waitOnVirtualClock, expectedOnVirtualClock } = await import("../scenarios.mjs");
  expect(await waitOnVirtualClock()).toEqual(expectedOnVirtualClock);
});

test("an error of Node, which is of another realm, keeps its code", async () => {
  jest.useRealTimers();
  const { createSyncLogClient } = await import("@qontext/sync-log-client");
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  await new Promise((resolve) => server.close(resolve));
  const client = createSyncLogClient({ apiKey: "q_sk_test", baseUrl, retry: false });
  const error = await client
    .getSyncLog({ workspaceId: "ws_1", id: "sync_1" })
    .catch((thrown) => thrown);
  expect(error.message).toContain("ECONNREFUSED");
  expect(error.cause.cause.code).toBe("ECONNREFUSED");
});
