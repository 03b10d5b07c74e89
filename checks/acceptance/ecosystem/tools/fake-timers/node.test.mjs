import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { useFakeTimers } from "sinon";
import {
  expectedInFakeTime,
  expectedOnVirtualClock,
  waitInFakeTime,
  waitOnVirtualClock,
} from "./scenarios.mjs";

// Not all: `nextTick` and `queueMicrotask`, which sinon fakes unless it is told otherwise, are what responses are read with.
const timers = ["setTimeout", "clearTimeout"];
for (const config of [{ toFake: timers }, { toFake: [...timers, "Date", "performance"] }]) {
  void test(`a wait goes on with sinon's timers, ${JSON.stringify(config)}`, async () => {
    const clock = useFakeTimers(config);
    try {
      assert.deepEqual(await waitInFakeTime((ms) => clock.tickAsync(ms)), expectedInFakeTime);
    } finally {
      clock.restore();
    }
  });
}

void test("a virtual clock works under sinon's timers", async () => {
  const clock = useFakeTimers({ toFake: [...timers, "setImmediate", "Date", "performance"] });
  try {
    assert.deepEqual(await waitOnVirtualClock(), expectedOnVirtualClock);
  } finally {
    clock.restore();
  }
});

void test("a virtual clock works under the timers of node:test", async () => {
  mock.timers.enable();
  try {
    assert.deepEqual(await waitOnVirtualClock(), expectedOnVirtualClock);
  } finally {
    mock.timers.reset();
  }
});
