import { expect, test } from "vitest";
import { BodyError, FaultError, createMock } from "../../src/index.ts";
import type { Fault, Mock, MockOptions, SyncHandle } from "../../src/index.ts";

const failure: Fault = { kind: "status", status: 503 };

async function setUp(options: MockOptions = {}): Promise<{
  mock: Mock;
  sync: SyncHandle;
  statuses: (count: number, path?: string) => Promise<number[]>;
}> {
  const mock = await createMock({ scenarios: [], ...options });
  const sync = mock.sync();
  const statuses = async (count: number, path = sync.path): Promise<number[]> => {
    const seen: number[] = [];
    for (let index = 0; index < count; index++) {
      seen.push((await mock.fetch(path, { headers: { "X-API-Key": "q_sk_test" } })).status);
    }
    return seen;
  };
  return { mock, sync, statuses };
}

test("happens a number of times, after a number of requests", async () => {
  const { sync, statuses } = await setUp();
  const handle = sync.fault(failure, { after: 1, times: 2 });
  expect(await statuses(5)).toEqual([200, 503, 503, 200, 200]);
  expect(handle.hits).toBe(2);
});

test("happens until it is removed", async () => {
  const { sync, statuses } = await setUp();
  const handle = sync.fault(failure);
  expect(await statuses(3)).toEqual([503, 503, 503]);
  handle.remove();
  expect(await statuses(1)).toEqual([200]);
});

test("goes through a sequence, once or again and again", async () => {
  const { sync, statuses } = await setUp();
  sync.fault([failure, null, { kind: "status", status: 429 }]);
  expect(await statuses(5)).toEqual([503, 200, 429, 200, 200]);
  sync.clearFaults().fault([failure, null], { repeat: true });
  expect(await statuses(4)).toEqual([503, 200, 503, 200]);
});

test("flaps", async () => {
  const { sync, statuses } = await setUp();
  sync.fault({ kind: "flapping", up: 2, down: 1, status: 500 });
  expect(await statuses(7)).toEqual([200, 200, 500, 200, 200, 500, 200]);
});

test("happens with a probability, the same for the same seed", async () => {
  const runs: number[][] = [];
  for (const seed of [1, 1, 2]) {
    const { mock, statuses } = await setUp({ seed });
    mock.fault(failure, { probability: 0.3 });
    runs.push(await statuses(60));
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(runs[0]).not.toEqual(runs[2]);
  const share = runs.flat().filter((status) => status === 503).length / 180;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.45);
});

test("happens to one sync, or to all requests", async () => {
  const { mock, sync, statuses } = await setUp();
  const other = mock.sync();
  other.fault(failure);
  expect(await statuses(1)).toEqual([200]);
  expect(await statuses(1, other.path)).toEqual([503]);
  mock.fault({ kind: "status", status: 502 });
  expect(await statuses(1)).toEqual([502]);
  expect(await statuses(1, "/nowhere")).toEqual([502]);
  mock.reset();
  expect(await statuses(1, sync.path)).toEqual([404]);
});

test("adds delays up, and combines them with another fault", async () => {
  const { mock, sync, statuses } = await setUp({ seed: 1 });
  mock.fault({ kind: "latency", delayMs: 10 });
  sync.fault({ kind: "latency", delayMs: 5, jitterMs: 10 });
  sync.fault(failure);
  expect(await statuses(1)).toEqual([503]);
  const [request] = mock.requests;
  expect(request).toMatchObject({ fault: "status", status: 503 });
  expect(request?.delayMs).toBeGreaterThanOrEqual(15);
  expect(request?.delayMs).toBeLessThanOrEqual(25);
});

const refused: readonly [what: string, fault: object, when: object, message: string][] = [
  ["an unknown kind", { kind: "gremlin" }, {}, 'Unknown fault "gremlin"'],
  ["an unknown member", { ...failure, statsu: 1 }, {}, 'has no "statsu"'],
  ["a missing member", { kind: "stall" }, {}, 'needs "at"'],
  ["a status out of range", { kind: "status", status: 99 }, {}, "from 200 to 599"],
  ["an unknown choice", { kind: "reset", at: "tail" }, {}, "header or body"],
  ["a probability above one", failure, { probability: 2 }, "from 0 to 1"],
  ["half a time", failure, { times: 0.5 }, "whole number"],
  ["an empty sequence", [], {}, "at least one"],
  ["a list of operations", failure, { operation: ["getSyncLog"] }, 'not ["getSyncLog"]'],
  ["a line break in a header", { ...failure, headers: { "x-a": "1\r\nx-b: 2" } }, {}, "line break"],
  ["a name that no header has", { ...failure, headers: { "x a": "1" } }, {}, "header names"],
  ["a line break in Retry-After", { ...failure, retryAfter: "1\n2" }, {}, "line break"],
  ["a date that is none", { ...failure, retryAfter: new Date("never") }, {}, "seconds, a Date"],
  ["a line break in a location", { kind: "redirect", location: "/\nx" }, {}, "line break"],
  ["a content type beyond Latin-1", { kind: "content-type", contentType: "a/☃" }, {}, "U+00FF"],
  ["a body that is no JSON value", { ...failure, body: 1n }, {}, "JSON value"],
];

test.each(refused)("refuses %s in the test that set it up", async (_, fault, when, message) => {
  const { mock, sync } = await setUp();
  for (const target of [mock, sync]) {
    const attempt = (): unknown => Reflect.apply(target.fault, target, [fault, when]);
    expect(attempt).toThrow(FaultError);
    expect(attempt).toThrow(message);
  }
});

test("names no missing key in a 401 for a request that has one", async () => {
  const { mock, sync } = await setUp({
    apiKeys: { q_sk_known: ["ws_11111111-1111-4111-8111-111111111111"] },
  });
  const messageFor = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await mock.fetch(sync.path, { headers });
    expect(response.status).toBe(401);
    const body: unknown = await response.json();
    return Reflect.get(Object(body), "message");
  };
  expect(await messageFor({})).toBe("The API key was not provided");
  expect(await messageFor({ "X-API-Key": "q_sk_other" })).toBe("Unauthorized");
  mock.fault({ kind: "status", status: 401 });
  expect(await messageFor({ "X-API-Key": "q_sk_known" })).toBe("Unauthorized");
  expect(await messageFor({})).toBe("The API key was not provided");
});

test("refuses a body that breaks the schema for its status, unless it is unchecked", async () => {
  const { mock, sync } = await setUp();
  const wrong: Fault = { kind: "status", status: 503, body: { statusCode: 500, message: "no" } };
  expect(() => mock.fault(wrong)).toThrow(BodyError);
  expect(() => mock.fault(wrong)).toThrow("[error-status-matches]");
  expect(() => sync.fault({ kind: "status", status: 404, body: "gone" })).toThrow("[schema]");
  mock.fault(wrong, { unchecked: true });
  const response = await mock.fetch(sync.path);
  expect(await response.json()).toEqual({ statusCode: 500, message: "no" });
});
