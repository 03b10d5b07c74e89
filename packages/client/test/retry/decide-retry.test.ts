import { describe, expect, it } from "vitest";
import { ConnectionError, RateLimitError, ServerError } from "../../src/index.ts";
import { decideRetry } from "../../src/retry/decide-retry.ts";
import { isRetryableStatus } from "../../src/retry/decide-retry.ts";
import { resolveRetryPolicy } from "../../src/retry/retry-options.ts";

const policy = resolveRetryPolicy(undefined);
const answer = (status: number, retryAfterMs?: number) => ({
  status,
  headers: new Headers(),
  body: null,
  retryAfterMs: retryAfterMs ?? null,
});
const unavailable = new ServerError("503", answer(503));
const base = { error: unavailable, method: "GET", attempts: 1, policy, random: 0.5 };

describe("decideRetry", () => {
  it.each([
    [1, 250],
    [2, 500],
  ])("draws the delay before retry %i from a window that doubles", (attempts, delayMs) => {
    expect(decideRetry({ ...base, attempts })).toBe(delayMs);
  });

  it("never waits longer than maxDelayMs", () => {
    const patient = { ...policy, maxRetries: 100 };
    expect(decideRetry({ ...base, policy: patient, attempts: 50, random: 0.999 })).toBeLessThan(
      8000,
    );
  });

  it("gives up after maxRetries", () => {
    expect(decideRetry({ ...base, attempts: 3 })).toBeUndefined();
    expect(decideRetry({ ...base, policy: resolveRetryPolicy(false) })).toBeUndefined();
  });

  it("takes the server's Retry-After as the least it waits", () => {
    const error = new RateLimitError("429", answer(429, 5000));
    expect(decideRetry({ ...base, error })).toBe(5000);
  });

  it("gives up where the server asks for more than maxRetryAfterMs", () => {
    const error = new RateLimitError("429", answer(429, 60_001));
    expect(decideRetry({ ...base, error })).toBeUndefined();
  });

  it("sends a POST again after a 429 only", () => {
    const rateLimited = new RateLimitError("429", answer(429));
    expect(decideRetry({ ...base, method: "POST" })).toBeUndefined();
    expect(
      decideRetry({ ...base, method: "POST", error: new ConnectionError("x", {}) }),
    ).toBeUndefined();
    expect(decideRetry({ ...base, method: "POST", error: rateLimited })).toBe(250);
  });

  it.each([
    [true, 250],
    [false, undefined],
    [42, 42],
    [0, 0],
  ])("does what a function decides: %s", (decision, expected) => {
    const decided = resolveRetryPolicy(() => decision);
    expect(decideRetry({ ...base, policy: decided })).toBe(expected);
  });

  it.each([undefined, null, -1, NaN, "5", Promise.resolve(true)])(
    "refuses a function that decides %s",
    (decision) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may return
      const decided = resolveRetryPolicy(() => decision as never);
      expect(() => decideRetry({ ...base, policy: decided })).toThrow("`retry` function");
    },
  );
});

it("says which statuses may pass, of all from 400 to 599", () => {
  const statuses = Array.from({ length: 200 }, (_, index) => 400 + index);
  const serverErrors = statuses.filter((status) => status >= 500);
  expect(statuses.filter((status) => isRetryableStatus(status))).toEqual([
    408,
    425,
    429,
    ...serverErrors.filter((status) => status !== 501 && status !== 505),
  ]);
});
