// The globals of the version of vitest that runs this.
const { vi, test, expect, afterEach } = globalThis;
const scenarios = await import("../scenarios.mjs");

afterEach(() => vi.useRealTimers());

test.each([
  ["as they are by default", undefined],
  ["two of them", { toFake: ["setTimeout", "clearTimeout"] }],
  ["with performance", { toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }],
])("a wait goes on with fake timers, %s", async (_, config) => {
  vi.useFakeTimers(config);
  const seen = await scenarios.waitInFakeTime((ms) => vi.advanceTimersByTimeAsync(ms));
  expect(seen).toEqual(scenarios.expectedInFakeTime);
});

test("a virtual clock works under them", async () => {
  vi.useFakeTimers();
  expect(await scenarios.waitOnVirtualClock()).toEqual(scenarios.expectedOnVirtualClock);
});

test("a virtual clock works where it is loaded under them", async () => {
  vi.useFakeTimers();
  vi.resetModules();
  const { waitOnVirtualClock } = await import("../scenarios.mjs");
  expect(await waitOnVirtualClock()).toEqual(scenarios.expectedOnVirtualClock);
});
