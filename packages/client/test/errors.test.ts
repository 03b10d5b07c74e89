import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { rebuildError } from "../src/errors/sync-log-error.ts";
import * as client from "../src/index.ts";

const answer = { status: 500, headers: new Headers(), body: null, retryAfterMs: 7 };
const noDetails = { status: null, requestId: null, correlationId: null };
const { SyncLogError } = client;

const errors: [client.SyncLogError, string, (value: unknown) => boolean][] = [
  [new client.SyncLogApiError("x", answer), "api_error", client.isSyncLogApiError],
  [new client.BadRequestError("x", answer), "bad_request", client.isBadRequestError],
  [
    new client.AuthenticationError("x", answer),
    "authentication_failed",
    client.isAuthenticationError,
  ],
  [
    new client.PermissionDeniedError("x", answer),
    "permission_denied",
    client.isPermissionDeniedError,
  ],
  [new client.NotFoundError("x", answer), "not_found", client.isNotFoundError],
  [new client.RateLimitError("x", answer), "rate_limited", client.isRateLimitError],
  [new client.ServerError("x", answer), "server_error", client.isServerError],
  [new client.ConnectionError("x", {}), "connection_failed", client.isConnectionError],
  [new client.RequestTimeoutError("x", {}), "request_timeout", client.isRequestTimeoutError],
  [new client.DeadlineExceededError("x", {}), "deadline_exceeded", client.isDeadlineExceededError],
  [new client.RedirectError("x", answer), "redirect_refused", client.isRedirectError],
  [
    new client.ResponseFormatError("x", { ...answer, reason: "malformed" }),
    "response_format",
    client.isResponseFormatError,
  ],
  [
    new client.ResponseValidationError("x", { ...answer, issues: [] }),
    "response_invalid",
    client.isResponseValidationError,
  ],
  [
    new client.InvalidParameterError("x", { parameter: "id" }),
    "invalid_parameter",
    client.isInvalidParameterError,
  ],
  [
    new client.WaitTimeoutError("x", { elapsedMs: 1, polls: 1 }),
    "wait_timeout",
    client.isWaitTimeoutError,
  ],
];

describe.each(errors)("%s", (error, code, guard) => {
  it("has a name, a code and a guard of its own", () => {
    expect(error).toBeInstanceOf(SyncLogError);
    expect(error.code).toBe(code);
    expect(error.name).toBe(error.constructor.name);
    const others = errors.map(([, , other]) => other).filter((other) => other !== guard);
    const isApiError = client.isSyncLogApiError(error) && guard !== client.isSyncLogApiError;
    expect(guard(error)).toBe(true);
    expect(others.filter((other) => other(error))).toHaveLength(isApiError ? 1 : 0);
    expect(client.isSyncLogApiError(error)).toBe(error instanceof client.SyncLogApiError);
  });

  it("has the status and the retryAfterMs of its answer, null where there was no answer", () => {
    const isOfAnswer = error instanceof client.SyncLogApiError || "headers" in error;
    expect(error.status).toBe(isOfAnswer ? 500 : null);
    expect(error.retryAfterMs).toBe(isOfAnswer ? 7 : null);
  });

  it("is built once: with more details it is another error of the same class", () => {
    const attempt = { ...noDetails, code, delayMs: 0, durationMs: 1 };
    const before: object = Object.assign({}, error);
    const cause = new Error("why");
    const rebuilt = rebuildError(error, "y", { attempts: [attempt], correlationId: "c", cause });
    expect(rebuilt).toMatchObject({ ...before, attempts: [attempt], correlationId: "c", cause });
    expect(rebuilt.constructor).toBe(error.constructor);
    expect(rebuilt.message).toBe("y");
    expect(Object.assign({}, error)).toEqual(before);
    expect(error.message).toBe("x");
  });

  it("is known across realms and copies of the package", () => {
    const copy: unknown = runInNewContext(
      "Object.assign(Object.create({ [Symbol.for(brand)]: true }), fields)",
      {
        brand: "@qontext/sync-log-client/error",
        fields: Object.fromEntries(Object.entries(error)),
      },
    );
    expect(copy).not.toBeInstanceOf(SyncLogError);
    expect(client.isSyncLogError(copy)).toBe(true);
    expect(guard(copy)).toBe(true);
  });
});

it.each([undefined, null, "x", 7, {}, new Error("x"), { code: "not_found" }])(
  "no guard takes %s for an error of the package",
  (value) => {
    expect(client.isSyncLogError(value)).toBe(false);
    expect(errors.some(([, , guard]) => guard(value))).toBe(false);
  },
);
