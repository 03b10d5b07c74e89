import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { expect, test } from "vitest";
import { BodyError, ScenarioError, SpecError, createMock } from "../../src/index.ts";
import { judge } from "../judge.ts";

// The mock must refuse what the validators of the schema package refuse, and nothing else.
test.each([
  ["2021-01-01T00:00:00Z", true],
  ["2021-01-01T00:00:00.123456Z", true],
  ["2021-01-01t00:00:00z", true],
  ["2021-01-01T00:00:00+01:00", true],
  ["2021-01-01 00:00:00Z", false],
  ["2021-01-01T00:00:00+0100", false],
  ["2021-01-01T00:00:00", false],
  ["2021-02-30T00:00:00Z", false],
  ["2021-01-01", false],
])("agrees with the validators about the date-time %s: %s", async (minDate, isValid) => {
  const mock = await createMock({ scenarios: [] });
  const sync = mock.sync();
  const { workspaceId, id } = sync;
  const verdict = judge(200, { ...sync.body, minDate }, { workspaceId, id });
  expect(verdict.length === 0).toBe(isValid);
  const problem = problemOf(() => mock.sync({ fields: { minDate } }));
  const broken = problem instanceof BodyError ? problem.message : "";
  expect([problem === undefined, broken.includes("[schema] minDate")]).toEqual([isValid, !isValid]);
});

function problemOf(attempt: () => unknown): unknown {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The document with another reference to the example of a pending sync. */
function referringTo(reference: string): object {
  const text = JSON.stringify(openapiDocument);
  const document: Record<string, unknown> = JSON.parse(text);
  const pending = /"pending":(\{"summary":.*?"value":\{.*?\}\})(?=,"preparing")/.exec(text)?.[1];
  if (pending === undefined) throw new Error("the document has no example of a pending sync");
  const typed = (type: string): unknown =>
    JSON.parse(pending.replace(/"type":"\w+"/, `"type":"${type}"`));
  const components = Object(document["components"]);
  const responses = Object(document["paths"])["/workspaces/{workspaceId}/sync-logs/{id}"].get
    .responses;
  responses["200"].content["application/json"].examples.pending = { $ref: reference };
  components.examples = {
    "A B": typed("live_sync"),
    "A%20B": typed("manual_sync"),
    "a/b": typed("incremental_sync"),
  };
  components["x-list"] = [typed("live_sync")];
  return document;
}

// RFC 6901: a fragment is percent-decoded (section 6), then split; array elements have no leading zeros (section 4).
test.each([
  ["#/components/examples/A%20B", "live_sync"],
  ["#/components/examples/A%2520B", "manual_sync"],
  ["#/components/examples/a~1b", "incremental_sync"],
  ["#/components/x-list/0", "live_sync"],
])("follows the reference %s as RFC 6901 says", async (reference, type) => {
  const mock = await createMock({ spec: referringTo(reference), scenarios: [] });
  expect(mock.sync().body["type"]).toBe(type);
});

test.each([
  "#/components/examples/a%2Fb",
  "#/components/x-list/00",
  "#/components/x-list/length",
  "#/components/examples/100%",
  "#/components/examples/toString",
])("refuses the reference %s, and names its place", async (reference) => {
  const attempt = createMock({ spec: referringTo(reference) });
  await expect(attempt).rejects.toThrow(SpecError);
  await expect(attempt).rejects.toThrow(
    "#/paths/~1workspaces~1{workspaceId}~1sync-logs~1{id}/get/responses/200/content/application~1json/examples/pending",
  );
  await expect(attempt).rejects.toThrow(reference);
});

test.each([
  ["application/json", true],
  ["text/json; charset=utf-8", true],
  ["application/problem+json", true],
  ["application/json-seq", false],
  ["application/x-ndjson", false],
  ["application/jsonpath", false],
])("plays a lifecycle in %s: %s", async (mediaType, isJson) => {
  const spec: object = JSON.parse(
    JSON.stringify(openapiDocument).replace(
      '"application/json":{"schema":{"$ref":"#/components/schemas/SyncLog"',
      `"${mediaType}":{"schema":{"$ref":"#/components/schemas/SyncLog"`,
    ),
  );
  const mock = await createMock({ spec, scenarios: [] });
  const problem = problemOf(() => mock.sync());
  expect([problem === undefined, problem instanceof ScenarioError]).toEqual([isJson, !isJson]);
});

test("checks the rules of the response by the lifecycle of its schema", async () => {
  const document: Record<string, unknown> = JSON.parse(JSON.stringify(openapiDocument));
  const responses = Object(document["paths"])["/workspaces/{workspaceId}/sync-logs/{id}"].get
    .responses;
  responses["200"]["x-invariants"] = [
    { id: "never-ends", rule: "!isTerminal(self.status)", message: "It ends.", severity: "error" },
  ];
  const mock = await createMock({ spec: document, scenarios: [] });
  expect(mock.sync().at("ingesting").status).toBe("ingesting");
  expect(() => mock.sync().at("failed")).toThrow("[never-ends]");
});

test("refuses an extension of the wrong shape", async () => {
  const document: Record<string, unknown> = JSON.parse(JSON.stringify(openapiDocument));
  Object(document["components"]).schemas.SyncLog["x-lifecycle"].terminal = { completed: 1 };
  const attempt = createMock({ spec: document });
  await expect(attempt).rejects.toThrow(SpecError);
  await expect(attempt).rejects.toThrow(
    "#/components/schemas/SyncLog/x-lifecycle/terminal/completed",
  );
});
