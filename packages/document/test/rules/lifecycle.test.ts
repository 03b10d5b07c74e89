import { describe, expect, it } from "vitest";
import {
  canFollow,
  isTerminalStatus,
  LifecycleError,
  nextStatuses,
  pathTo,
  statusesOf,
} from "../../src/rules/lifecycle.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

describe("canFollow", () => {
  it.each([
    ["pending", "pending", true, "the same status may be seen again"],
    ["completed", "completed", true, "so may a terminal one"],
    ["pending", "preparing", true, "the next in the order"],
    ["pending", "ingesting", true, "a status may be left out"],
    ["pending", "completed", true, "all of them may"],
    ["ingesting", "preparing", false, "the order is never gone back to"],
    ["preparing", "pending", false, "not to the initial status either"],
    ["pending", "skipped", true, "to every terminal status"],
    ["ingesting", "failed", true, "from every status that is not terminal"],
    ["data_fetching", "stopped", true, "also to those outside the order"],
    ["completed", "failed", false, "a terminal status is never left for another terminal one"],
    ["failed", "completed", false, "nor for one that is part of the order"],
    ["skipped", "pending", false, "nor for one that is not terminal"],
    ["verifying", "pending", true, "an unknown status may be followed by anything"],
    ["ingesting", "verifying", true, "and may follow anything"],
    ["completed", "verifying", false, "but a terminal status"],
    ["verifying", "archiving", true, "two unknown ones too"],
    ["constructor", "pending", true, "the name of an inherited property is an unknown status"],
  ])("from %s to %s: %s, %s", (from, to, expected) => {
    expect(canFollow(syncLifecycle, from, to)).toBe(expected);
  });
});

describe("isTerminalStatus", () => {
  it.each([
    ["completed", true],
    ["failed", true],
    ["stopped", true],
    ["skipped", true],
    ["pending", false],
    ["ingesting", false],
    ["verifying", false],
    ["toString", false],
  ])("%s: %s", (status, expected) => {
    expect(isTerminalStatus(syncLifecycle, status)).toBe(expected);
  });
});

describe("statusesOf", () => {
  it("names each status once, the order first", () => {
    expect(statusesOf(syncLifecycle)).toEqual([
      "pending",
      "preparing",
      "data_fetching",
      "ingesting",
      "completed",
      "failed",
      "stopped",
      "skipped",
    ]);
  });
});

describe("nextStatuses", () => {
  it.each([
    ["ingesting", ["completed", "failed", "stopped", "skipped"]],
    ["data_fetching", ["ingesting", "completed", "failed", "stopped", "skipped"]],
    ["failed", []],
  ])("after %s come %j", (from, expected) => {
    expect(nextStatuses(syncLifecycle, from)).toEqual(expected);
  });
});

describe("pathTo", () => {
  const running = ["pending", "preparing", "data_fetching", "ingesting"];

  it.each(["completed", "failed", "stopped", "skipped"])("leads to %s", (terminal) => {
    expect(pathTo(syncLifecycle, terminal)).toEqual([...running, terminal]);
  });

  it("begins with the initial status, wherever that stands in the order", () => {
    const path = pathTo({ ...syncLifecycle, initial: "data_fetching" }, "failed");
    expect(path).toEqual(["data_fetching", "ingesting", "failed"]);
  });

  it.each(["ingesting", "verifying"])("refuses %s, which is not terminal", (status) => {
    const attempt = (): unknown => pathTo(syncLifecycle, status);
    expect(attempt).toThrow(LifecycleError);
    expect(attempt).toThrow("use one of: completed, failed, stopped, skipped");
  });

  it("only takes steps that the lifecycle allows", () => {
    const path = pathTo(syncLifecycle, "completed");
    for (const [index, status] of path.slice(1).entries()) {
      expect(canFollow(syncLifecycle, path[index] ?? "", status)).toBe(true);
    }
  });
});
