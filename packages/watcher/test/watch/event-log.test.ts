import { expect, test, vi } from "vitest";
import { createEventLog } from "../../src/log-event.ts";

test("a recovery is logged where the trouble before it was, however often the engine falters", () => {
  const lines: string[] = [];
  const push = (message: string): void => void lines.push(message);
  const logger = { debug: push, info: push, warn: push, error: push };
  const log = createEventLog();
  // The errors of one kind come once in a while, with their number; recoveries come each time.
  log(logger, { type: "engine_error", error: new Error("OOM"), count: 1 });
  for (let n = 0; n < 5; n += 1) log(logger, { type: "engine_recovered", afterMs: 400 });
  expect(lines).toEqual(["The engine met an error and continues.", "The engine works again."]);
  log(logger, { type: "engine_error", error: new Error("OOM"), count: 9 });
  log(logger, { type: "engine_recovered", afterMs: 400 });
  expect(lines).toHaveLength(4);
});

test("what is parked by the thousand is told at once, and the rest with its number half a minute later", () => {
  vi.useFakeTimers();
  try {
    const counts: unknown[] = [];
    const push = (_message: string, fields?: unknown): void => void counts.push(fields);
    const logger = { debug: push, info: push, warn: push, error: push };
    const log = createEventLog();
    const error = new Error("The data is no JSON object.");
    for (let n = 0; n < 9; n += 1) {
      log(logger, { type: "unreadable", key: `${n}`, error, parked: true, count: 1 });
    }
    expect(counts).toMatchObject([{ key: "0", count: 1 }]);
    vi.advanceTimersByTime(60_000);
    expect(counts).toMatchObject([
      { key: "0", count: 1 },
      { key: "8", count: 8 },
    ]);
  } finally {
    vi.useRealTimers();
  }
});
