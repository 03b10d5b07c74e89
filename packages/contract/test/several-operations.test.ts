import { expect, test } from "vitest";
import type { Report, VerifyOptions } from "../src/index.ts";
import { judgeHar, verify } from "../src/index.ts";
import type { Behavior } from "./mutants/behavior.ts";
import { completed } from "./mutants/mutant.ts";
import { verification } from "./mutants/start-provider.ts";
import { own } from "./mutants/world.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";

function verifyWith(behavior: Behavior, options: Partial<VerifyOptions>): Promise<Report> {
  return withProvider(behavior, (baseUrl) => verify({ baseUrl, ...verification, ...options }));
}

const outcomesOf = (report: Report, operationId: string): ReadonlySet<string> =>
  new Set(report.cases.filter((one) => one.operationId === operationId).map((one) => one.outcome));

test("each operation has a budget of its own, and its planned cases are paid first", async () => {
  const report = await verifyWith({}, { maxRequests: 30, only: ["read", "random"] });
  const planned = report.cases.filter(
    ({ family, id }) => family === "read" && !id.includes("random"),
  );
  expect(new Set(planned.map(({ operationId, outcome }) => `${operationId} ${outcome}`))).toEqual(
    new Set(["getSyncLog passed", "listSyncLogs passed"]),
  );
});

test("a family is that of every operation, and may be that of one", async () => {
  const report = await verifyWith({}, { only: ["head", "listSyncLogs:accept/xml"] });
  const sent = report.cases.filter(
    ({ outcome, id }) => outcome === "passed" && !id.includes(":read/"),
  );
  expect(sent.map(({ id }) => id)).toEqual([
    "getSyncLog:head/known",
    "getSyncLog:head/gzip",
    "getSyncLog:head/absent",
    "listSyncLogs:accept/xml",
    "listSyncLogs:head/known",
    "listSyncLogs:head/gzip",
    "listSyncLogs:head/absent",
  ]);
});

test("a provider without the list is wrong, unless nobody asks for the list", async () => {
  const only = ["read"];
  const wrong = await verifyWith(behaviorOf("list-not-there"), { only });
  expect(wrong.violations.map(({ check, operationId }) => [check, operationId])).toEqual([
    ["read/known-resource-not-served", "listSyncLogs"],
  ]);
  expect(wrong.exitCode).toBe(1);
  expect(outcomesOf(wrong, "getSyncLog")).toEqual(new Set(["passed", "skipped"]));
  const asked = await verifyWith(behaviorOf("list-not-there"), { only, skip: ["listSyncLogs"] });
  expect(asked).toMatchObject({ exitCode: 0, violations: [], notJudged: [] });
  expect(outcomesOf(asked, "listSyncLogs")).toEqual(new Set(["skipped"]));
});

test("an id that nothing has is no fault of the provider, one that is listed is", async () => {
  const absent = "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000cc";
  const options = { syncLogs: [absent], only: ["read"] };
  const unknown = await verifyWith({}, options);
  expect(unknown).toMatchObject({ exitCode: 2, violations: [] });
  const listed: Behavior = { list: (_situation, plain) => plain && [{ ...completed, id: absent }] };
  expect((await verifyWith(listed, options)).violations).toMatchObject([
    { check: "read/known-resource-not-served", operationId: "getSyncLog" },
  ]);
});

test("nobody at the address is said once, whatever the operations", async () => {
  const gone = verify({ baseUrl: "http://127.0.0.1:1", ...verification });
  await expect(gone).rejects.toMatchObject({ code: "unreachable" });
});

test("the last of hundreds of items is judged like the first", async () => {
  const many = Array.from({ length: 700 }, (_none, index) => ({
    ...completed,
    id: `sync_4a9f1c52-7e0d-4b36-9c1c-${String(index).padStart(12, "0")}`,
    ...(index === 699 ? { notDocumented: "eu", updatedAt: "yesterday" } : {}),
  }));
  const report = await verifyWith(
    { list: (_situation, plain) => plain && [...plain, ...many] },
    { operationIds: ["listSyncLogs"], only: ["read/known-1"] },
  );
  expect(report.violations.map(({ check, pointer }) => [check, pointer])).toEqual([
    ["schema/format", "/704/updatedAt"],
    ["schema/undocumented-property", "/704/notDocumented"],
  ]);
});

test("traffic in which an operation does not occur is judged, and says what was not seen", async () => {
  const entry = {
    startedDateTime: "2026-03-01T09:00:00.000Z",
    time: 5,
    request: {
      method: "GET",
      url: `https://api.qontext.ai/workspaces/${own.workspaceId}/sync-logs/${completed.id}`,
      headers: [{ name: "X-API-Key", value: own.key }],
    },
    response: {
      status: 200,
      headers: [{ name: "Content-Type", value: "application/json" }],
      content: { text: JSON.stringify(completed) },
    },
  };
  const text = JSON.stringify({ log: { entries: [entry] } });
  expect(await judgeHar([{ name: "a.har", text }])).toMatchObject({
    exitCode: 0,
    seen: { missingOperations: ["listSyncLogs"] },
  });
});

test("what is missing in a list is named, with the request that showed it before", async () => {
  const unlisted = { ...completed, id: "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000ab" };
  const report = await verifyWith(
    {
      list: ({ requests }, plain) => (requests < 8 ? plain && [...plain, unlisted] : plain),
      find: ({ id, tenant }, plain) =>
        plain ?? (id === unlisted.id && tenant !== undefined ? unlisted : undefined),
    },
    { only: ["read"] },
  );
  const path = `/workspaces/${own.workspaceId}/sync-logs`;
  expect(report.violations).toMatchObject([
    { check: "list/item-missing", expected: `the record of ${path}/${unlisted.id}` },
  ]);
  expect(report.violations[0]?.curl).toMatch(/sync-logs'?; echo; .*sync-logs\?utm_source=\w+'?$/);
  expect(JSON.stringify(report)).not.toContain("confirmation");
});

test("the list of every workspace that is given is read, and judged", async () => {
  const second = own.workspaceId.replace(/.$/, "e");
  const lists = { workspace: undefined, params: { workspaceId: [own.workspaceId, second] } };
  const options = { ...lists, only: ["read"] };
  const behavior: Behavior = {
    list: ({ workspaceId, tenant }, plain) =>
      workspaceId === second && tenant !== undefined ? [] : plain,
  };
  const right = await verifyWith(behavior, options);
  expect(right).toMatchObject({ exitCode: 0, violations: [] });
  expect(right.cases.map(({ id }) => id)).toContain("listSyncLogs:read/known-2");
  const foreign = { ...completed, workspaceId: own.workspaceId };
  const wrong: Behavior = {
    list: ({ workspaceId, tenant }, plain) =>
      workspaceId === second && tenant !== undefined ? [foreign] : plain,
  };
  expect((await verifyWith(wrong, options)).violations.map(({ check }) => check)).toContain(
    "invariant/listed-in-their-workspace",
  );
});

test("without an id the first listed record is read, and what does without the list is said", async () => {
  const options = { syncLogs: [], only: ["read"] };
  const report = await verifyWith({}, options);
  expect(report).toMatchObject({ exitCode: 0, violations: [], notJudged: [] });
  expect(outcomesOf(report, "getSyncLog")).toEqual(new Set(["passed", "skipped"]));
  const wrong = await verifyWith(behaviorOf("list-not-there"), { only: ["read"] });
  expect(wrong.notJudged).toEqual([expect.stringContaining("--skip listSyncLogs")]);
});
