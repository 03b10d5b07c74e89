import { describe, expect, test } from "vitest";
import { StoredDataError } from "../../src/index.ts";
import { newWatchState } from "../../src/watch/new-watch.ts";
import {
  readStoredOutcome,
  readStoredWatch,
  toStoredOutcome,
  toStoredWatch,
} from "../../src/watch/stored-watch.ts";
import { unfinishedOutcome } from "../../src/watch/watch-outcome.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { target } from "../support/targets.ts";

const state = newWatchState({ ...target(1), maxWaitMs: 60_000, metadata: { order: 7 } }, 1000);
const outcome = unfinishedOutcome(state, "timed_out", 2000);
const without = (name: string, value?: unknown): unknown => ({
  ...toStoredWatch(state, 5000),
  [name]: value,
});

describe("what is stored", () => {
  test("is read as it was", () => {
    expect(readStoredWatch(toStoredWatch(state, 5000))).toMatchObject({ ...state, dueAtMs: 5000 });
    expect(readStoredOutcome(toStoredOutcome(outcome))).toEqual(outcome);
  });

  test("by the version before is read, too", () => {
    expect(readStoredWatch(state)).toMatchObject({ ...state, dueAtMs: 1000 });
    expect(readStoredOutcome(outcome)).toEqual(outcome);
  });

  test.each([
    ["nothing", null],
    ["a text", "{}"],
    ["no deadline", without("deadlineAtMs")],
    ["an endless deadline, which JSON makes null", without("deadlineAtMs", null)],
    ["no failures", without("failures")],
    ["polls that are no number", without("polls", "3")],
    ["no id", without("id", "")],
    ["a sight that is none", without("lastSeen", { atMs: 1 })],
    ["no version at all", without("version", null)],
    ["a version that is a text", without("version", "2")],
    ["a version that is an object", without("version", {})],
  ])("is refused with %s", (_what, data) => {
    expect(() => readStoredWatch(data)).toThrow(StoredDataError);
  });

  test.each([
    ["no idempotency key", { ...outcome, idempotencyKey: undefined }],
    ["a sync log that is none", { ...outcome, syncLog: 7 }],
    ["an end that is none", { ...outcome, endedAs: "lost" }],
    ["an ended sync without its log", { ...outcome, endedAs: "completed" }],
    ["a sync log, and no ended sync", { ...outcome, syncLog: { status: "completed" } }],
    ["no time that it took", { ...outcome, elapsedMs: null }],
    ["the shape of a watch", toStoredWatch(state, 5000)],
  ])("as an outcome is refused with %s", (_what, data) => {
    expect(() => readStoredOutcome(data)).toThrow(StoredDataError);
  });

  test("under the key of another is refused, and of a version that is no number says so", () => {
    const [own, other] = [target(1), target(2)].map(watchKey);
    for (const read of [
      (key?: string) => readStoredWatch(toStoredWatch(state, 5000), key),
      (key?: string) => readStoredOutcome(outcome, key),
    ]) {
      expect(read(own)).toMatchObject(target(1));
      expect(() => read(other)).toThrow("The ids are not those of the key");
    }
    for (const version of ["2", {}]) {
      expect(() => readStoredWatch(without("version", version))).toThrow("is no number");
    }
  });

  test("by a later version is left to it", () => {
    expect(() => readStoredWatch(without("version", 3))).toThrow(
      expect.objectContaining({ isLater: true }),
    );
  });
});
