import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMockServer, type MockServer } from "@qontext/sync-log-mock";
import { runtimes } from "./runtimes.ts";

const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const checks = [
  "get",
  "error",
  "retry",
  "timeout",
  "abort",
  "wait",
  "redirect",
  "oversize",
  "openapi",
];

let mock: MockServer;

beforeAll(async () => {
  mock = await startMockServer();
});

afterAll(() => mock.close());

/** Syncs for one run: each runtime counts its own requests. */
function prepareSyncs(): Record<string, string> {
  const retry = mock.sync({ workspaceId }).at("completed");
  retry.fault({ kind: "status", status: 503 }, { times: 2 });
  const stall = mock.sync({ workspaceId }).at("completed");
  stall.fault({ kind: "stall", at: "body" });
  const redirect = mock.sync({ workspaceId }).at("completed");
  redirect.fault({ kind: "redirect", location: "/elsewhere" });
  const oversize = mock.sync({ workspaceId }).at("completed");
  oversize.fault({ kind: "oversize", bytes: 12 * 1024 * 1024, isLengthHidden: true });
  return {
    get: mock.sync({ workspaceId }).at("completed").id,
    retry: retry.id,
    stall: stall.id,
    wait: mock.sync({ workspaceId }).follow("completed").id,
    redirect: redirect.id,
    oversize: oversize.id,
  };
}

describe.each(runtimes)("the client on $name", (runtime) => {
  test("passes the smoke suite", async ({ skip }) => {
    if (!runtime.isPresent()) {
      // In CI every runtime has to be there: a suite that was skipped has shown nothing.
      if (process.env["CI"]) throw new Error(`${runtime.name} is not installed.`);
      skip(`${runtime.name} is not installed`);
    }
    const results = await runtime.run({ url: mock.url, workspaceId, ids: prepareSyncs() });
    expect(results).toEqual(Object.fromEntries(checks.map((check) => [check, "passed"])));
  });
});
