import { expect, test } from "vitest";
import { createMock } from "../../src/index.ts";

const json = (schema: object, examples: object = {}): object => ({
  description: "OK",
  content: { "application/json": { schema, examples } },
});
const path = (name: string): object => {
  return { name, in: "path", required: true, schema: { type: "string" }, example: `${name}-1` };
};

/** A document of jobs, which are listed in a body of another shape. */
function jobs(listBody: object, examples: object = {}, shared: readonly string[] = []): object {
  const base = [...shared.map((name) => `/${name}s/{${name}}`), "/jobs"].join("");
  const parameters = shared.map(path);
  const errors = { "404": json({ type: "object" }, { gone: { value: { error: "gone" } } }) };
  return {
    openapi: "3.1.0",
    info: { title: "Jobs", version: "1" },
    paths: {
      [base]: {
        get: {
          operationId: "listJobs",
          parameters,
          responses: { "200": json(listBody, examples) },
        },
      },
      [`${base}/{job}`]: {
        get: {
          operationId: "getJob",
          parameters: [...parameters, path("job")],
          responses: {
            "200": json(
              { $ref: "#/components/schemas/Job" },
              { queued: { value: { job: "job-1", state: "queued" } } },
            ),
            ...errors,
          },
        },
      },
    },
    components: {
      schemas: {
        Job: {
          type: "object",
          required: ["job", "state"],
          properties: { job: { type: "string" }, state: { enum: ["queued", "done"] } },
          "x-lifecycle": {
            property: "state",
            initial: "queued",
            order: ["queued", "done"],
            terminal: { done: "success" },
          },
        },
      },
    },
  };
}

const list = { type: "array", items: { $ref: "#/components/schemas/Job" } };
const listed = [
  { job: "a", state: "queued" },
  { job: "b", state: "done" },
];

async function listJobs(spec: object, at = "/jobs"): Promise<unknown> {
  const mock = await createMock({ spec, scenarios: [] });
  for (const id of ["one", "two", "three"]) mock.sync({ id });
  const response = await mock.fetch(at);
  return response.json();
}

const three = ["three", "two", "one"].map((job) => ({ job, state: "queued" }));

test("lists what has no owner, in an array", async () => {
  expect(await listJobs(jobs(list))).toEqual(three);
});

test("lists in a body around the list, its number with it, and without a next page", async () => {
  const body = {
    type: "object",
    required: ["page", "kind"],
    properties: {
      kind: { const: "jobs" },
      cursor: { type: "string" },
      page: {
        type: "object",
        required: ["items", "total", "next"],
        properties: { items: list, total: { type: "integer" }, next: { type: ["string", "null"] } },
      },
    },
  };
  const value = {
    kind: "jobs",
    cursor: "c",
    page: { items: listed, total: 2, next: "/jobs?page=2" },
  };
  expect(await listJobs(jobs(body, { some: { value } }))).toEqual({
    kind: "jobs",
    page: { items: three, total: 3, next: null },
  });
  const optional = { type: "object", properties: { data: list } };
  expect(await listJobs(jobs(optional))).toEqual({ data: three });
});

test("answers a list by its example where its body cannot be made", async () => {
  const body = { type: "object", required: ["data", "kind"], properties: { data: list } };
  const value = { data: listed };
  const spec = jobs(body, { broken: { value } });
  expect(await listJobs(spec)).toEqual(value);
  const mock = await createMock({ spec });
  expect(await (await mock.fetch("/_mock/api/info")).json()).toMatchObject({
    notes: [expect.stringContaining("listJobs is answered by its example, in which")],
  });
});

const beside = (properties: object, data: object = list): object => ({
  type: "object",
  required: ["data", ...Object.keys(properties)],
  properties: { data, ...properties },
});

test.each<[string, object, object]>([
  ["a flag", { hasMore: { type: "boolean" } }, { hasMore: false }],
  ["a flag of the last page", { last: { type: "boolean" } }, { last: true }],
  ["a total", { total: { type: "integer", minimum: 0 } }, { total: 3 }],
  [
    "numbers of pages",
    { page: { type: "integer", minimum: 1 }, totalPages: { type: "integer" } },
    { page: 1, totalPages: 1 },
  ],
  ["a cursor", { nextCursor: { type: "string" } }, { nextCursor: "" }],
  [
    "a cursor that has no other value",
    { nextCursor: { type: "string", minLength: 5, examples: ["cursor-9"] } },
    { nextCursor: "cursor-9" },
  ],
  ["a kind", { kind: { enum: ["jobs"] } }, { kind: "jobs" }],
  [
    "an object about pages",
    { meta: { ...beside({ more: { type: "boolean" }, total_count: { type: "number" } }, {}) } },
    { meta: { more: false, total_count: 3 } },
  ],
])("lists beside %s that is required", async (_, properties, expected) => {
  const body = JSON.parse(JSON.stringify(beside(properties)).replace('"data","more"', '"more"'));
  expect(await listJobs(jobs(body))).toEqual({ data: three, ...expected });
  const inherited = { allOf: [{ type: "object", properties: { data: list } }, body] };
  expect(await listJobs(jobs(inherited))).toEqual({ data: three, ...expected });
});

test("takes what an example says beside a list, though the example lists what it may not", async () => {
  const body = beside({ region: { type: "string" }, total: { type: "integer" } });
  const value = { data: [{ job: "a", state: "lost" }], region: "eu", total: 57 };
  expect(await listJobs(jobs(body, { some: { value } }))).toEqual({
    data: three,
    region: "eu",
    total: 3,
  });
});

test("lists no more than the schema allows, the newest", async () => {
  const two = { ...list, maxItems: 2 };
  expect(await listJobs(jobs(two))).toEqual(three.slice(0, 2));
  expect(await listJobs(jobs(beside({ total: { type: "integer" } }, two)))).toEqual({
    data: three.slice(0, 2),
    total: 2,
  });
});

test("answers by its example while there are fewer than the schema asks for", async () => {
  const four = { allOf: [list, { minItems: 4 }] };
  const value = ["a", "b", "c", "d"].map((job) => ({ job, state: "done" }));
  const spec = jobs(four, { some: { value } });
  expect(await listJobs(spec)).toEqual(value);
  const mock = await createMock({ spec, scenarios: [] });
  for (const id of ["one", "two", "three", "four"]) mock.sync({ id });
  expect(await (await mock.fetch("/jobs")).json()).toMatchObject([{ job: "four" }, {}, {}, {}]);
  expect(await (await mock.fetch("/_mock/api/info")).json()).toMatchObject({
    notes: [expect.stringContaining("listJobs is answered by its example while")],
  });
});

test("takes no map for a list", async () => {
  const map = { type: "object", additionalProperties: { $ref: "#/components/schemas/Job" } };
  const value = { a: { job: "a", state: "queued" } };
  expect(await listJobs(jobs(map, { some: { value } }))).toEqual(value);
});

test("lists by all parameters before the last, and refuses as the resource does", async () => {
  const spec = jobs(list, {}, ["tenant", "queue"]);
  const mock = await createMock({ spec, scenarios: [] });
  mock.sync({ workspaceId: "a", id: "one" });
  expect(await (await mock.fetch("/tenants/a/queues/queue-1/jobs")).json()).toMatchObject([
    { job: "one" },
  ]);
  expect(await (await mock.fetch("/tenants/tenant-1/queues/queue-1/jobs")).json()).toEqual([]);
  const unknown = await mock.fetch("/tenants/a/queues/other/jobs");
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: "gone" }]);
});

test.each<readonly [property: string, parameter: string, invariants: readonly object[]]>([
  [
    "key",
    "jobId",
    [{ id: "asked", rule: "self.key == request.path.jobId", message: "No.", severity: "error" }],
  ],
  ["id", "jobId", []],
  ["jobId", "id", []],
  ["jobId", "syncJobId", []],
])("gives each item the %s that its path calls %s", async (property, parameter, invariants) => {
  const text = JSON.stringify(jobs(list))
    .replaceAll("{job}", `{${parameter}}`)
    .replace('"name":"job"', `"name":"${parameter}"`)
    .replaceAll('"job":', `"${property}":`)
    .replace('["job",', `["${property}",`);
  const spec = JSON.parse(text);
  if (invariants.length > 0)
    spec.paths[`/jobs/{${parameter}}`].get.responses["200"]["x-invariants"] = invariants;
  expect(await listJobs(spec)).toEqual(
    three.map(({ job, ...rest }) => ({ ...rest, [property]: job })),
  );
});

test("gives each item a number that its path calls by another name", async () => {
  const text = JSON.stringify(jobs(list))
    .replaceAll("{job}", "{jobId}")
    .replace('"name":"job"', '"name":"jobId"')
    .replaceAll('"job":', '"id":')
    .replace('["job",', '["id",')
    .replaceAll('"id":{"type":"string"}', '"id":{"type":"integer"}')
    .replaceAll('"id":"job-1"', '"id":1')
    .replace('{"type":"string"},"example":"job-1"', '{"type":"integer"},"example":1');
  const mock = await createMock({ spec: JSON.parse(text), scenarios: [] });
  mock.sync({ id: "42" });
  const other = mock.sync();
  const read = async (at: string): Promise<unknown> => (await mock.fetch(at)).json();
  expect(await read("/jobs/42")).toEqual({ id: 42, state: "queued" });
  expect(await read("/jobs")).toEqual([await read(other.path), await read("/jobs/42")]);
});
