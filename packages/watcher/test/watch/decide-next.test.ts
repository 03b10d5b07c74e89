import { readFileSync } from "node:fs";
import {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError,
  ServerError,
} from "@qontext/sync-log-client";
import { pollFailure, pollSuccess } from "@qontext/sync-log-client/wait";
import { type SyncLog, syncLogLifecycle } from "@qontext/sync-log-schema";
import { describe, expect, test } from "vitest";
import { decideNext, type WatchPoll } from "../../src/watch/decide-next.ts";
import { watchRules } from "../../src/watch/watch-rules.ts";
import { newWatchState } from "../../src/watch/new-watch.ts";
import type { WatchState } from "../../src/watch/watch-state.ts";
import { target } from "../support/targets.ts";

const rules = watchRules({ notFoundGraceMs: 5000 }, () => 0.5);
const fresh = newWatchState({ ...target(1), maxWaitMs: 60_000 }, 1000);

function syncLog(change: Partial<SyncLog>): SyncLog {
  const file = new URL("../../../../specs/examples/ingesting.json", import.meta.url);
  const example: SyncLog = JSON.parse(readFileSync(file, "utf8"));
  return { ...example, ...target(1), ...change };
}

const log = (change: Partial<SyncLog> = {}): WatchPoll => ({
  result: pollSuccess(syncLog(change)),
});
const failed = (error: Error): WatchPoll => ({ result: pollFailure(error), error });
const answer = (status: number, retryAfterMs?: number) => ({
  status,
  headers: new Headers(),
  body: null,
  retryAfterMs: retryAfterMs ?? null,
});
const unavailable = (retryAfterMs?: number): WatchPoll =>
  failed(new ServerError("no", answer(503, retryAfterMs)));
const rateLimited = (retryAfterMs: number): WatchPoll =>
  failed(new RateLimitError("no", answer(429, retryAfterMs)));
const error = { name: "ServerError", code: "server_error", status: 503, message: "no" };
const decide = (result: WatchPoll, nowMs = 2000, state: WatchState = fresh) =>
  decideNext(state, result, nowMs, rules);

describe("a sync that still runs", () => {
  test("is polled again at the client's pace, and what was seen is kept", () => {
    const decision = decide(log());
    expect(decision).toMatchObject({
      kind: "poll_again",
      delayMs: 1075,
      pauseAllMs: 0,
      state: { polls: 1, failures: 0, lastSeen: { status: "ingesting", atMs: 2000 } },
      update: { ...target(1), polls: 1, elapsedMs: 1000 },
    });
  });

  test("tells an update only when it has changed", () => {
    const first = decide(log());
    const second = decide(log({ updatedAt: "2030-01-01T00:00:00.000Z" }), 3000, first.state);
    expect(second).toMatchObject({ update: null, state: { lastSeen: { atMs: 2000 } } });
    const third = decide(log({ recordsIngested: 999 }), 4000, second.state);
    expect(third).toMatchObject({ update: { syncLog: { recordsIngested: 999 } } });
  });

  test("is waited through where its status is not known", () => {
    // A server may send what no document knows.
    const status = "reticulating" as SyncLog["status"];
    expect(decide(log({ status }))).toMatchObject({ kind: "poll_again" });
  });

  test("is polled a last time on the deadline, and then given up", () => {
    const late = decide(log(), 60_500);
    expect(late).toMatchObject({ kind: "poll_again", delayMs: 500 });
    expect(decide(log(), 61_000, late.state)).toMatchObject({
      kind: "deliver",
      outcome: { endedAs: "timed_out", syncLog: null, lastSeen: { status: "ingesting" } },
    });
  });
});

describe("a sync that has ended", () => {
  // The lifecycle's own keys.
  const terminal = Object.keys(syncLogLifecycle.terminal) as SyncLog["status"][];

  test.each(terminal)("delivers %s", (status) => {
    const state = { ...fresh, metadata: { order: 7 } };
    expect(decide(log({ status }), 2500, state)).toMatchObject({
      kind: "deliver",
      outcome: { endedAs: status, syncLog: { status }, metadata: { order: 7 }, elapsedMs: 1500 },
    });
  });

  test("delivers even after the deadline", () => {
    expect(decide(log({ status: "completed" }), 99_000)).toMatchObject({
      outcome: { endedAs: "completed" },
    });
  });

  test("has one idempotency key, whenever and by whomever it was watched", () => {
    const again = newWatchState({ ...target(1), maxWaitMs: 1 }, 5_000_000);
    const keys = [decide(log({ status: "failed" })), decide(log({ status: "failed" }), 9e6, again)];
    const [one, other] = keys.map(
      (decision) => decision.kind === "deliver" && decision.outcome.idempotencyKey,
    );
    expect(one).toMatch(/^sync-log-outcome-[0-9a-f]{32}$/u);
    expect(other).toBe(one);
  });
});

describe("a watch that ended without the sync", () => {
  test("has a key of its own each time, so that a later end is not taken for it", () => {
    const again = newWatchState({ ...target(1), maxWaitMs: 1 }, 500_000);
    const decisions = [
      decide(log(), 61_000),
      decide(log(), 600_000, again),
      decide(log({ status: "failed" })),
    ];
    const keys = decisions.map((one) => one.kind === "deliver" && one.outcome.idempotencyKey);
    expect(new Set(keys).size).toBe(3);
  });
});

describe("a poll that brought nothing", () => {
  test("is repeated, ever later, as long as the watch lasts", () => {
    let state: WatchState = fresh;
    const delaysMs: number[] = [];
    for (let round = 0; round < 7; round++) {
      const decision = decide(unavailable(), 2000, state);
      if (decision.kind !== "poll_again") throw new Error(decision.kind);
      state = decision.state;
      delaysMs.push(decision.delayMs);
    }
    expect(delaysMs).toEqual([1075, 2000, 4000, 8000, 16_000, 27_750, 27_750]);
    expect(state).toMatchObject({ failures: 7, lastError: error });
    expect(decide(log(), 3000, state).state).toMatchObject({ failures: 0 });
    expect(decide(log(), 3000, state).state).toMatchObject({ lastError: null });
  });

  test("heeds Retry-After, and pauses every poll after a 429", () => {
    expect(decide(unavailable(9000))).toMatchObject({ delayMs: 9675, pauseAllMs: 0 });
    expect(decide(rateLimited(9000))).toMatchObject({ delayMs: 9675, pauseAllMs: 9000 });
    expect(decide(rateLimited(90_000))).toMatchObject({
      outcome: { endedAs: "timed_out" },
      pauseAllMs: 90_000,
    });
    expect(decide(rateLimited(1e9))).toMatchObject({ pauseAllMs: 3_600_000 });
  });

  test("gives up with its error at the deadline", () => {
    expect(decide(unavailable(), 61_000)).toMatchObject({
      outcome: { endedAs: "timed_out", error, lastSeen: null },
    });
  });

  test("is final for a 400 or 403, and for a 404 after the grace", () => {
    const refused = failed(new BadRequestError("no", answer(400)));
    expect(decide(refused)).toMatchObject({ outcome: { endedAs: "refused" } });
    const notFound = failed(new NotFoundError("no", answer(404)));
    expect(decide(notFound, 5999)).toMatchObject({ kind: "poll_again" });
    expect(decide(notFound, 6000)).toMatchObject({
      outcome: { endedAs: "not_found", error: { code: "not_found", status: 404 } },
    });
  });

  test("waits after a 401 for the key, and no longer than it was to wait at all", () => {
    const unauthorized = failed(new AuthenticationError("no", answer(401)));
    const reason = {
      name: "AuthenticationError",
      code: "authentication_failed",
      status: 401,
      message: "no",
    };
    const state = { ...fresh, lastError: reason };
    expect(decide(unauthorized)).toEqual({
      kind: "poll_again",
      state,
      delayMs: 27_750,
      update: null,
      pauseAllMs: 0,
    });
    expect(decide(unauthorized, 60_000)).toMatchObject({ kind: "poll_again", delayMs: 1000 });
    expect(decide(unauthorized, 61_000)).toMatchObject({
      kind: "deliver",
      outcome: { endedAs: "timed_out", error: reason },
    });
  });
});
