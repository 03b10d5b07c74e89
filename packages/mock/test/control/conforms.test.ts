import { readFile } from "node:fs/promises";
import {
  createPathMatcher,
  createSchemaRegistry,
  jsonContent,
  loadDocument,
  responseFor,
} from "@qontext/sync-log-document";
import { expect, test } from "vitest";
import * as operations from "../../src/control/control-operations.ts";
import { controlDocumentUrl } from "../../src/control/control-api.ts";
import { startMockServer } from "../../src/index.ts";
import type { MockServer } from "../../src/index.ts";

const document = await loadDocument(controlDocumentUrl);
const schemas = createSchemaRegistry(document);
const matchPath = createPathMatcher(document.operations);
const documented = document.operations.map(({ id }) => id);
const seen = new Set<string>();

/** Calls the control interface, and checks route, status and body of the answer against its document. */
// The value is checked against the document right here, and against what each test expects there.
// oxlint-disable-next-line typescript/no-explicit-any
async function call(mock: MockServer, method: string, path: string, body?: object): Promise<any> {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${mock.url}/_mock/api${path}`, init);
  const text = await response.text();
  const places = matchPath(path.replace(/\?.*/, ""))?.places;
  const operation = places?.find((one) => one.method === method);
  if (operation === undefined) throw new Error(`${method} ${path} is not documented`);
  const range = responseFor(operation, response.status);
  expect({ method, path, isError: range?.status === "default" }).toEqual({
    method,
    path,
    isError: response.status >= 400,
  });
  seen.add(operation.id);
  if (response.headers.get("content-type") !== "application/json") return text;
  const value: unknown = JSON.parse(text);
  const pointer = range && jsonContent(range)?.schemaPointer;
  expect(schemas.validate(pointer ?? "", value)).toEqual([]);
  return value;
}

test("serves exactly the documented operations", () => {
  const served = documented.filter((id) => id !== "getControlDocument");
  expect(Object.keys(operations).toSorted()).toEqual(served.toSorted());
});

test("does what its document says, in every operation", async () => {
  await using mock = await startMockServer({ seed: 1, scenarios: ["at-completed"] });
  const info = await call(mock, "GET", "/info");
  expect(info).toMatchObject({ isControllable: true, title: "Qontext sync logs" });
  expect(await call(mock, "GET", "/openapi.yaml")).toBe(await readFile(controlDocumentUrl, "utf8"));

  for (const scenario of info.scenarios) await call(mock, "POST", "/syncs", { scenario });
  const body = {
    scenario: "completed",
    totalRecords: 10,
    advance: { everyMs: 60_000 },
    progressSteps: 2,
  };
  const sync = await call(mock, "POST", "/syncs", body);
  expect(sync).toMatchObject({ status: "pending", advance: { everyMs: 60_000 } });
  expect(await call(mock, "GET", "/syncs")).toHaveLength(info.scenarios.length + 2);
  expect(await call(mock, "GET", "/syncs?limit=2")).toHaveLength(2);

  const one = `/syncs/${sync.workspaceId}/${sync.id}`;
  expect(await call(mock, "POST", `${one}/advance`)).toMatchObject({ status: "preparing" });
  expect(await call(mock, "POST", `${one}/advance`, { steps: 2 })).toMatchObject({
    status: "ingesting",
  });
  expect(await call(mock, "POST", `${one}/freeze`)).toMatchObject({
    advance: "manual",
    ahead: ["ingesting"],
  });
  expect(await call(mock, "POST", `${one}/follow`, { ending: "failed" })).toMatchObject({
    status: "ingesting",
  });
  expect(await call(mock, "POST", `${one}/at`, { status: "stopped" })).toMatchObject({
    status: "stopped",
  });
  expect(await call(mock, "GET", one)).toMatchObject({ status: "stopped" });

  const own = {
    fault: { kind: "status", status: 503 },
    when: { times: 1 },
    target: { workspaceId: sync.workspaceId, id: sync.id },
  };
  const forAll = { fault: [{ kind: "latency", delayMs: 1 }, null], when: { repeat: true } };
  const { faultId } = await call(mock, "POST", "/faults", own);
  await call(mock, "POST", "/faults", forAll);
  const response = await fetch(mock.url + sync.path, { headers: { "X-API-Key": "q_sk_test" } });
  expect(response.status).toBe(503);
  expect(await call(mock, "GET", "/faults")).toMatchObject([
    { hits: 1, left: null, isSpent: false },
    { faultId, target: sync.id, hits: 1, left: 0, isSpent: true },
  ]);
  expect(await call(mock, "GET", "/requests?limit=1")).toMatchObject({
    count: 1,
    requests: [{ status: 503, operation: "getSyncLog" }],
  });
  const ofLists = { fault: { kind: "capped-list", items: 1 }, when: { operation: "listSyncLogs" } };
  expect(info.operations).toContain("listSyncLogs");
  expect(await call(mock, "POST", "/faults", ofLists)).toMatchObject(ofLists);
  await call(mock, "DELETE", `/faults/${faultId}`);
  await call(mock, "DELETE", "/faults");
  expect(await call(mock, "GET", "/faults")).toEqual([]);
  await call(mock, "DELETE", one);
  await call(mock, "POST", "/reset");
  expect(await call(mock, "GET", "/requests")).toEqual({ count: 0, requests: [] });
  expect(await call(mock, "GET", "/syncs")).toHaveLength(1);

  expect([...seen].toSorted()).toEqual(documented.toSorted());
});

test.each([
  ["POST", "/syncs", { scenaro: "completed" }, 400, "scenaro"],
  ["POST", "/syncs", { scenario: "nothing" }, 400, "use one of: completed"],
  ["POST", "/syncs", { fields: { createdAt: "never" } }, 400, "[schema]"],
  [
    "POST",
    "/syncs/ws/sync_1/freeze",
    undefined,
    404,
    "Nothing is mocked with workspaceId ws and id sync_1.",
  ],
  ["POST", "/faults", { fault: { kind: "gremlin" } }, 400, 'Unknown fault "gremlin"'],
  ["POST", "/faults", {}, 400, "fault is required."],
  [
    "POST",
    "/faults",
    { fault: { kind: "bad-gzip" }, when: { operation: "listLogs" } },
    400,
    "use one of: getSyncLog, listSyncLogs",
  ],
  ["POST", "/faults", undefined, 400, "must be JSON"],
  ["DELETE", "/faults/gone", undefined, 404, 'no fault "gone"'],
  ["GET", "/requests?limit=-1", undefined, 400, "limit"],
  ["GET", "/requests?from=me", undefined, 400, "clients or page"],
])("refuses %s %s %o with %i", async (method, path, body, status, message) => {
  await using mock = await startMockServer();
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${mock.url}/_mock/api${path}`, init);
  expect(response.status).toBe(status);
  const problem = await call(mock, method, path, body);
  expect(problem.message).toContain(message);
});

test("counts what is left of faults, whatever tells when they happen", async () => {
  await using mock = await startMockServer();
  const failure = { kind: "status", status: 503 };
  const faults = [
    { fault: failure, when: { times: 3 } },
    { fault: failure, when: { times: 2, after: 1 } },
    { fault: [failure, null, failure] },
    { fault: [failure, failure], when: { repeat: true } },
    { fault: failure, when: { probability: 0.5 } },
  ];
  for (const fault of faults) await call(mock, "POST", "/faults", fault);
  const left = async (): Promise<unknown[]> =>
    (await call(mock, "GET", "/faults")).map((one: { left: unknown }) => one.left);
  expect(await left()).toEqual([3, 2, 2, null, null]);
  await fetch(mock.url);
  expect((await left())[0]).toBe(2);
});

test("answers a wrong method with 405, and a wrong path with 404", async () => {
  await using mock = await startMockServer();
  const wrongMethod = await fetch(`${mock.url}/_mock/api/reset`);
  expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "POST"]);
  const wrongRead = await fetch(`${mock.url}/_mock/api/info`, { method: "PUT" });
  expect(wrongRead.headers.get("allow")).toBe("GET, HEAD");
  expect((await fetch(`${mock.url}/_mock/api/nothing`)).status).toBe(404);
  expect((await fetch(`${mock.url}/_mock/nothing`)).status).toBe(404);
});
