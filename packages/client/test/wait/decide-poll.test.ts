import { describe, expect, it } from "vitest";
import {
  decidePoll,
  newPollState,
  pollFailure,
  type PollResult,
  type PollRules,
  pollSuccess,
  type PollState,
} from "../../src/wait/index.ts";
import {
  BadRequestError,
  ConnectionError,
  DeadlineExceededError,
  InvalidParameterError,
  RedirectError,
  RequestTimeoutError,
  ResponseFormatError,
  ResponseValidationError,
} from "../../src/index.ts";
import { toApiError } from "../../src/response.ts";
import { createRedactor } from "../../src/secrets/redactor.ts";
import { exampleSyncLog } from "../fixtures/sync-logs.ts";

const rules: PollRules = {
  minIntervalMs: 1000,
  maxIntervalMs: 30_000,
  notFoundGraceMs: 10_000,
  maxFailingMs: 300_000,
  maxRetryAfterMs: 3_600_000,
  leadMs: 0,
  random: () => 0.5,
};
const start: PollState = newPollState(1000, 1_000_000);
const seen: PollState = { ...start, lastSeen: { ...seenAt(1000), status: "ingesting" } };
const retryAfterMs = null;
const running: PollResult = { kind: "log", syncLog: exampleSyncLog("ingesting"), retryAfterMs };
const transient: PollResult = { kind: "transient", retryAfterMs };
const notFound: PollResult = { kind: "not_found", retryAfterMs };

function seenAt(atMs: number) {
  return { atMs, recordsIngested: null, totalRecordsToIngest: null };
}

describe("decidePoll", () => {
  it.each<[string, PollState, PollResult, number, object]>([
    ["polls on while the sync runs", start, running, 2000, { kind: "poll_again", pollAtMs: 3075 }],
    [
      "ends with the sync",
      start,
      { ...running, syncLog: exampleSyncLog("failed") },
      2000,
      { kind: "ended", syncLog: { status: "failed" }, state: { polls: 1 } },
    ],
    [
      "ends with the sync after the deadline, too",
      start,
      { ...running, syncLog: exampleSyncLog("completed") },
      2_000_000,
      { kind: "ended" },
    ],
    [
      "polls a last time at the deadline",
      start,
      running,
      999_500,
      { kind: "poll_again", pollAtMs: 1_000_000 },
    ],
    [
      "has no time left at the deadline",
      start,
      running,
      1_000_000,
      { kind: "timed_out", retryAfterMs: null },
    ],
    [
      "tolerates the first failure",
      start,
      transient,
      2000,
      { kind: "poll_again", state: { failures: 1, failingSinceMs: 2000 } },
    ],
    [
      "tolerates a failure shortly before the tolerance is over",
      { ...start, failures: 9, failingSinceMs: 2000 },
      transient,
      301_999,
      { kind: "poll_again", state: { failures: 10, failingSinceMs: 2000 } },
    ],
    [
      "does not tolerate one after it",
      { ...start, failures: 9, failingSinceMs: 2000 },
      transient,
      302_000,
      { kind: "failed", reason: "failing" },
    ],
    [
      "forgets failures with a success",
      { ...start, failures: 9, failingSinceMs: 2000 },
      running,
      302_000,
      { kind: "poll_again", state: { failures: 0, failingSinceMs: null } },
    ],
    ["tolerates a 404 within its grace", start, notFound, 10_999, { kind: "poll_again" }],
    [
      "does not tolerate one after it",
      start,
      notFound,
      11_000,
      { kind: "failed", reason: "not_found" },
    ],
    [
      "does not tolerate one once the sync log was seen",
      seen,
      notFound,
      2000,
      { kind: "failed", reason: "not_found" },
    ],
    [
      "ends with what no waiting mends",
      start,
      { kind: "refused", retryAfterMs },
      2000,
      { kind: "failed", reason: "refused" },
    ],
    [
      "leaves the state as it was at a 401",
      start,
      { kind: "unauthorized", retryAfterMs },
      2000,
      { kind: "unauthorized", state: start },
    ],
    [
      "keeps to a Retry-After of a failure",
      start,
      { ...transient, retryAfterMs: 60_000 },
      2000,
      { kind: "poll_again", pollAtMs: 66_500 },
    ],
    [
      "keeps to a Retry-After of a success",
      start,
      { ...running, retryAfterMs: 60_000 },
      2000,
      { kind: "poll_again", pollAtMs: 66_500 },
    ],
    [
      "keeps to a Retry-After of an hour at most",
      { ...start, deadlineAtMs: 1e9 },
      { ...transient, retryAfterMs: 7_200_000 },
      0,
      { kind: "poll_again", pollAtMs: 3_870_000 },
    ],
    [
      "ends where the server wants no poll before the deadline",
      start,
      { ...transient, retryAfterMs: 7_200_000 },
      2000,
      { kind: "timed_out", retryAfterMs: 7_200_000 },
    ],
    [
      "forgets the floor with the next poll",
      { ...start, floorAtMs: 500_000 },
      running,
      500_000,
      { kind: "poll_again", state: { floorAtMs: null } },
    ],
  ])("%s", (_, state, result, nowMs, expected) => {
    const decision = decidePoll(state, result, nowMs, rules);
    expect(decision).toMatchObject(expected);
    expect(JSON.parse(JSON.stringify(decision.state))).toEqual(decision.state);
  });

  it("polls ever more slowly while polls fail, up to the longest interval", () => {
    let state = start;
    const delaysMs: number[] = [];
    for (let round = 0; round < 2000; round++) {
      const decision = decidePoll(state, transient, 2000, { ...rules, maxFailingMs: Infinity });
      if (decision.kind !== "poll_again") throw new Error(decision.kind);
      state = decision.state;
      delaysMs.push(decision.pollAtMs - 2000);
    }
    expect(delaysMs.slice(0, 6)).toEqual([1075, 2000, 4000, 8000, 16_000, 27_750]);
    expect(delaysMs.at(-1)).toBe(27_750);
  });

  it("keeps when the sync log changed, and when it did not", () => {
    const first = decidePoll(start, running, 2000, rules);
    const later = { ...running, syncLog: exampleSyncLog("ingesting", { updatedAt: "2030" }) };
    const second = decidePoll(first.state, later, 3000, rules);
    expect(second.state.lastSeen).toBe(first.state.lastSeen);
    const more = { ...running, syncLog: exampleSyncLog("ingesting", { recordsIngested: 999 }) };
    const third = decidePoll(second.state, more, 4000, rules);
    expect(third.state.lastSeen).toMatchObject({ atMs: 4000, recordsIngested: 999 });
  });
});

const details = { status: 200, headers: new Headers(), body: null };
const withStatus = (status: number, headers: Record<string, string> = {}) => {
  const response = {
    method: "GET",
    url: "/",
    status,
    headers: new Headers(headers),
    text: "",
    epochMs: 0,
  };
  return toApiError(response, createRedactor());
};

describe("pollFailure", () => {
  it.each([
    [408, "transient"],
    [425, "transient"],
    [429, "transient"],
    [500, "transient"],
    [502, "transient"],
    [503, "transient"],
    [504, "transient"],
    [599, "transient"],
    [501, "refused"],
    [505, "refused"],
    [400, "refused"],
    [401, "unauthorized"],
    [403, "refused"],
    [404, "not_found"],
    [409, "refused"],
    [410, "refused"],
  ])("takes %i for %s", (status, kind) => {
    expect(pollFailure(withStatus(status))).toEqual({ kind, retryAfterMs: null });
    const headers = { "retry-after": "7" };
    expect(pollFailure(withStatus(status, headers))).toEqual({ kind, retryAfterMs: 7000 });
  });

  it.each([
    ["transient", new ConnectionError("x", {})],
    ["transient", new RequestTimeoutError("x", {})],
    ["transient", new DeadlineExceededError("x", {})],
    ["transient", new ResponseFormatError("x", { ...details, reason: "malformed" })],
    ["refused", new ResponseFormatError("x", { ...details, reason: "too-large" })],
    ["refused", new ResponseValidationError("x", { ...details, issues: [] })],
    ["refused", new RedirectError("x", { ...details, status: 302 })],
    ["refused", new BadRequestError("x", { ...details, status: 400 })],
    ["refused", new InvalidParameterError("x", { parameter: "apiKey" })],
    ["refused", new Error("of a hook")],
    ["refused", "thrown by a hook"],
  ])("takes for %s: %s", (kind, error) => {
    expect(pollFailure(error)).toEqual({ kind, retryAfterMs: null });
  });
});

it("pollSuccess knows no Retry-After where none came", () => {
  const syncLog = exampleSyncLog("ingesting");
  expect(pollSuccess(syncLog)).toEqual({ kind: "log", syncLog, retryAfterMs: null });
});
