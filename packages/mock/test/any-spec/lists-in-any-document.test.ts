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
  expect(await listJobs(jobs(body, { broken: { value } }))).toEqual(value);
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

test("gives each item the id of its path, though its property has another name", async () => {
  const spec = JSON.parse(JSON.stringify(jobs(list)).replaceAll("{job}", "{jobId}"));
  const { get } = spec.paths["/jobs/{jobId}"];
  get.parameters[0].name = "jobId";
  get.responses["200"]["x-invariants"] = [
    { id: "asked", rule: "self.job == request.path.jobId", message: "Another.", severity: "error" },
  ];
  expect(await listJobs(spec)).toEqual(three);
});
