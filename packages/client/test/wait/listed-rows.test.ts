import type { SyncLog } from "@qontext/sync-log-schema";
import { describe, expect, it } from "vitest";
import { isBehind, rowsOf, type SyncLogObservation } from "../../src/wait/index.ts";
import { exampleSyncLog } from "../fixtures/sync-logs.ts";

const log = (status: string, recordsIngested: number | null = null): SyncLog =>
  exampleSyncLog("pending", { id: "a", status, recordsIngested });
const seen = (status: string, recordsIngested: number | null = null): SyncLogObservation => ({
  atMs: 0,
  status,
  recordsIngested,
  totalRecordsToIngest: null,
});

describe("a row of a list", () => {
  it.each([
    [log("pending"), null, false],
    [log("pending"), seen("preparing"), true],
    [log("ingesting"), seen("preparing"), false],
    [log("ingesting", 5), seen("ingesting", 6), true],
    [log("ingesting", 6), seen("ingesting", 6), false],
    [log("ingesting", 5), seen("data_fetching", 6), false],
    [log("ingesting"), seen("completed"), true],
    [log("stopped"), seen("failed"), false],
    [log("reticulating", 9), seen("ingesting", 1), false],
    [log("pending"), seen("reticulating"), false],
  ])("%# is behind what was seen, or is not", (row, before, expected) => {
    expect(isBehind(row, before)).toBe(expected);
  });

  it("is the furthest of several with one id, and one of those that are asked for", () => {
    const list = [
      log("ingesting", 1),
      log("ingesting", 3),
      log("preparing", 9),
      log("ingesting", 2),
    ];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server may send
    const none = [null, 1, {}, { id: 1, status: "pending" }] as unknown as SyncLog[];
    const other = exampleSyncLog("pending", { id: "c" });
    const rows = rowsOf([...list, ...none, other], new Set(["a", "b"]));
    expect([...rows.keys()]).toEqual(["a"]);
    expect(rows.get("a")?.recordsIngested).toBe(3);
  });

  it.each([7, null, {}, [], undefined, "", "archived", "__proto__"])(
    "with the status %j is one where that is a text",
    (status) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server may send
      const row = { ...log("pending"), status } as SyncLog;
      expect(rowsOf([row], new Set(["a"])).size).toBe(status && typeof status === "string" ? 1 : 0);
    },
  );
});
