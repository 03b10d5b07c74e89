import { expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";
import { judge } from "../judge.ts";
import { pathOf, read } from "../read.ts";

const start = Date.parse("2026-03-01T12:00:00.000Z");

test("moves with an injected clock, whatever is asked, and tells its time", async () => {
  const clock = { nowMs: start, now: (): number => clock.nowMs };
  await using mock = await startMockServer({ scenarios: [], clock });
  const sync = mock.sync().follow("completed", { advance: { everyMs: 1000 } });
  await read(mock, sync.path);
  expect((await read(mock, sync.path)).body["status"]).toBe("pending");
  clock.nowMs += 999;
  expect((await read(mock, sync.path)).body["status"]).toBe("pending");
  clock.nowMs += 1;
  expect((await read(mock, sync.path)).body).toMatchObject({
    status: "preparing",
    createdAt: "2026-03-01T12:00:00.000Z",
    startedAt: "2026-03-01T12:00:01.000Z",
    updatedAt: "2026-03-01T12:00:01.000Z",
  });
  clock.nowMs += 60_000;
  const { body } = await read(mock, sync.path);
  expect(body).toMatchObject({
    status: "completed",
    preparationCompletedAt: "2026-03-01T12:00:02.000Z",
    completedAt: "2026-03-01T12:00:06.000Z",
    updatedAt: "2026-03-01T12:00:06.000Z",
  });
  expect(judge(200, body, pathOf(sync))).toEqual([]);
});

test("never turns dates back when the clock is", async () => {
  const clock = { nowMs: start, now: (): number => clock.nowMs };
  await using mock = await startMockServer({ scenarios: [], clock });
  const sync = mock.sync().follow("completed");
  const first = await read(mock, sync.path);
  clock.nowMs -= 3_600_000;
  const second = await read(mock, sync.path);
  expect(second.body["status"]).toBe("preparing");
  expect(judge(200, second.body, pathOf(sync), first.body)).toEqual([]);
});

test("freezes, advances and stays", async () => {
  await using mock = await startMockServer({ scenarios: [] });
  const sync = mock.sync().follow("completed", { advance: "manual" });
  await read(mock, sync.path);
  expect(sync.status).toBe("pending");
  sync.advance(2);
  expect(sync.status).toBe("data_fetching");
  sync.freeze().advance(10);
  expect((await read(mock, sync.path)).body["status"]).toBe("data_fetching");
});
