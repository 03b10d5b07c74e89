import { describe, expect, it } from "vitest";
import type { RuleBook } from "../../src/rules/collect-rules.ts";
import { collectRules as collect } from "../../src/rules/collect-rules.ts";
import { openDocument } from "../../src/open-document.ts";
import { DocumentError } from "../../src/document-error.ts";
import { RuleCompileError } from "../../src/rules/rule-compile-error.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

const atMostTotal = {
  id: "at-most-total",
  rule: "self.done <= self.total",
  message: "More is done than there is.",
  severity: "error",
};
const stays = {
  id: "stays",
  rule: "!isTerminal(oldSelf.status) || self == oldSelf",
  message: "It changed.",
  severity: "error",
};
const asked = {
  id: "asked-for",
  rule: "self.id == request.path.id && !isTerminal('pending')",
  message: "Another one.",
  severity: "error",
};
const job = {
  type: "object",
  "x-lifecycle": syncLifecycle,
  "x-invariants": [atMostTotal, stays],
};

/** A document with one GET that answers 200 with this schema. */
function documentWith(schema: unknown, more: { readonly [key: string]: unknown } = {}): unknown {
  return {
    openapi: "3.1.1",
    paths: {
      "/jobs/{id}": {
        get: {
          operationId: "getJob",
          responses: {
            "200": { description: "", content: { "application/json": { schema } }, ...more },
            "4XX": { $ref: "#/components/responses/Problem" },
            default: { description: "", "x-invariants": [{ ...asked, rule: "self.other == 1" }] },
          },
        },
        post: { responses: { "200": { content: { "text/json; charset=utf-8": { schema } } } } },
      },
    },
    components: {
      schemas: {
        Job: job,
        Plain: { type: "object" },
        Alias: { $ref: "#/components/schemas/Plain", "x-invariants": [atMostTotal] },
        Loop: { $ref: "#/components/schemas/Loop" },
        "Tree~/": {
          "x-invariants": [{ ...atMostTotal, id: "leaf" }],
          properties: { children: { items: { $ref: "#/components/schemas/Tree~0~1" } } },
        },
      },
      responses: {
        Problem: {
          content: {
            "application/problem+json": {
              schema: {
                "x-invariants": [{ ...asked, id: "code", rule: "self.code == response.status" }],
              },
            },
          },
        },
      },
    },
  };
}

const collectRules = (document: unknown): RuleBook => collect(openDocument(document));

const ref = { $ref: "#/components/schemas/Job" };
const bad = { done: 2, total: 1, status: "pending" };
const good = { done: 1, total: 1, status: "pending" };

describe("collectRules", () => {
  it("finds the rules of component schemas by name", () => {
    const { schemas } = collectRules(documentWith(ref));
    expect([...schemas.keys()]).toEqual(["Job", "Alias", "Tree~/"]);
    const rules = schemas.get("Job");
    expect(rules?.lifecycle).toEqual(syncLifecycle);
    expect(rules?.invariants.check({ self: bad }).violations).toMatchObject([
      { id: "at-most-total" },
    ]);
  });

  it("finds the rules of a response: its own, with the lifecycle of the body, and those of the schema", () => {
    const book = collectRules(documentWith(ref, { "x-invariants": [asked] }));
    const rules = book.rulesFor("getJob", 200);
    expect(rules.lifecycle).toEqual(syncLifecycle);
    const report = rules.check({ self: { ...bad, id: "a" }, request: { path: { id: "b" } } });
    expect(report.violations).toMatchObject([
      { id: "asked-for", pointer: "" },
      { id: "at-most-total", pointer: "" },
    ]);
    expect(report.skipped).toEqual(["stays"]);
  });

  it.each([
    [200, "at-most-total"],
    [404, "code"],
    [499, "code"],
    [500, "asked-for"],
  ])("looks up %i as OpenAPI does", (status, id) => {
    const rules = collectRules(documentWith(ref)).rulesFor("getJob", status);
    expect(rules.sites[0]?.invariants.invariants[0]?.id).toBe(id);
  });

  it("has the rules of each response, also of one that no single status stands for", () => {
    const document = openDocument(documentWith(ref));
    const book = collect(document);
    const ids = document.operations[0]?.responses.map((response) => [
      response.status,
      book.rulesOf(response).sites[0]?.invariants.invariants[0]?.id,
    ]);
    expect(ids).toEqual([
      ["200", "at-most-total"],
      ["4XX", "code"],
      ["default", "asked-for"],
    ]);
  });

  it("names an operation without operationId by method and path", () => {
    const book = collectRules(documentWith(ref));
    expect(book.rulesFor("POST /jobs/{id}", 200).sites).toHaveLength(1);
    expect(book.rulesFor("POST /jobs/{id}", 404).sites).toEqual([]);
    expect(book.rulesFor("nobody", 200).check({ self: 1 })).toEqual({
      violations: [],
      passed: [],
      skipped: [],
    });
  });

  it.each([[{ openapi: "3.1.1" }], [{ openapi: "3.0.4", paths: {} }]])(
    "gives an empty book for %j",
    (document) => {
      const book = collectRules(document);
      expect(book.schemas.size).toBe(0);
      expect(book.rulesFor("any", 200).sites).toEqual([]);
    },
  );

  it("reads a document that was dereferenced into a graph with cycles", () => {
    const node: Record<string, unknown> = { "x-invariants": [atMostTotal], properties: {} };
    node["properties"] = { parent: node };
    const rules = collectRules(documentWith(node)).rulesFor("getJob", 200);
    expect(rules.sites).toHaveLength(1);
  });
});

describe("rules of schemas within a body", () => {
  it.each([
    ["a property", { properties: { job: ref } }, { job: bad }, ["/job"]],
    ["items", { items: ref }, [good, bad], ["/1"]],
    [
      "items of a property",
      { properties: { "a/b": { items: ref } } },
      { "a/b": [bad] },
      ["/a~1b/0"],
    ],
    ["values of a map", { additionalProperties: ref }, { x: good, y: bad }, ["/y"]],
    ["allOf", { allOf: [{ type: "object" }, ref] }, bad, [""]],
    [
      "anyOf with null",
      { properties: { job: { anyOf: [ref, { type: "null" }] } } },
      { job: bad },
      ["/job"],
    ],
    ["oneOf with null", { oneOf: [{ type: "null" }, ref] }, bad, [""]],
    ["an alias with rules", { $ref: "#/components/schemas/Alias" }, bad, [""]],
    [
      "beside a $ref",
      { $ref: "#/components/schemas/Plain", "x-invariants": [atMostTotal] },
      bad,
      [""],
    ],
  ])("%s", (_name, schema, self, pointers) => {
    const report = collectRules(documentWith(schema)).rulesFor("getJob", 200).check({ self });
    expect(report.violations.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(report.violations.every(({ kind }) => kind === "violated")).toBe(true);
    expect(report.passed).toEqual([]);
  });

  it("are not looked at where the body has no such part", () => {
    const schema = { properties: { job: { anyOf: [ref, { type: "null" }] } } };
    const rules = collectRules(documentWith(schema)).rulesFor("getJob", 200);
    for (const self of [{}, { job: null }, null, 5]) {
      const report = rules.check({ self });
      expect(report.violations).toEqual([]);
      expect(report.passed).toEqual([]);
      expect(report.skipped).toEqual(["at-most-total", "stays"]);
    }
  });

  it("follow a property over time, but not the members of a list", () => {
    const schema = { properties: { job: ref, list: { items: ref } } };
    const ended = { done: 1, total: 1, status: "failed" };
    const report = collectRules(documentWith(schema))
      .rulesFor("getJob", 200)
      .check({ self: { job: good, list: [good] }, oldSelf: { job: ended, list: [ended] } });
    expect(report.violations).toMatchObject([{ id: "stays", pointer: "/job" }]);
  });

  it("follow the members of a list over time for who knows which one each was", () => {
    const ended = { done: 1, total: 1, status: "failed" };
    const rules = collectRules(documentWith({ items: ref })).rulesFor("getJob", 200);
    const check = (oldMembers: Readonly<Record<string, unknown>>): readonly string[] =>
      rules
        .check({ self: [good, good] }, (pointer) => oldMembers[pointer])
        .violations.map(({ id, pointer }) => `${id} ${pointer}`);
    expect(check({ "/1": ended })).toEqual(["stays /1"]);
    expect(check({ "/0": good, "/2": ended })).toEqual([]);
  });

  it("are found in a document with more ways through its schemas than can be walked", () => {
    let maze: unknown = { type: "object" };
    for (let level = 0; level < 60; level += 1) maze = { properties: { a: maze, b: maze } };
    const schema = { properties: { maze, job: ref } };
    const rules = collectRules(documentWith(schema)).rulesFor("getJob", 200);
    expect(rules.sites.map(({ path }) => path)).toEqual([["job"]]);
  });

  it("look at the outermost of a schema that contains itself", () => {
    const tree = { $ref: "#/components/schemas/Tree~0~1" };
    const rules = collectRules(documentWith(tree)).rulesFor("getJob", 200);
    expect(rules.check({ self: { ...bad, children: [bad] } }).violations).toMatchObject([
      { pointer: "" },
    ]);
  });
});

describe("a document whose rules cannot be read", () => {
  it.each([
    ["x-invariants", "self.a == 1"],
    ["x-invariants", [{ id: "a", rule: "self.a == 1", message: "m" }]],
    ["x-invariants", [{ id: "a", rule: "self.a == 1", message: "m", severity: "fatal" }]],
    ["x-invariants", [{ id: 1, rule: "self.a == 1", message: "m", severity: "error" }]],
    ["x-lifecycle", "status"],
    ["x-lifecycle", { ...syncLifecycle, order: "pending" }],
    ["x-lifecycle", { ...syncLifecycle, terminal: ["completed"] }],
    ["x-lifecycle", { ...syncLifecycle, terminal: { completed: 1 } }],
    ["x-lifecycle", { ...syncLifecycle, initial: undefined }],
  ])("says where %s has another shape: %j", (extension, value) => {
    const attempt = (): unknown => collectRules(documentWith({ [extension]: value }));
    expect(attempt).toThrow(DocumentError);
    expect(attempt).toThrow(
      `#/paths/~1jobs~1{id}/get/responses/200/content/application~1json/schema/${extension}`,
    );
    expect(attempt).toThrow(": it must ");
  });

  it.each(["other.yaml#/Job", "#/components/schemas/Nobody", "#/components/schemas/Job/type"])(
    "says that %s leads to nothing",
    ($ref) => {
      const attempt = (): unknown => collectRules(documentWith({ $ref }));
      expect(attempt).toThrow(DocumentError);
      expect(attempt).toThrow("leads to nothing in the document");
    },
  );

  it("says that a response refers to itself", () => {
    const response = { $ref: "#/paths/~1a/get/responses/200" };
    const document = {
      openapi: "3.1.1",
      paths: { "/a": { get: { responses: { "200": response } } } },
      components: { schemas: { Job: job } },
    };
    expect(() => collectRules(document)).toThrow("leads in a circle");
  });

  it("says that a schema refers to itself", () => {
    const document = documentWith({ $ref: "#/components/schemas/Loop" });
    expect(() => collectRules(document)).toThrow("leads in a circle");
  });

  it("names the rule that does not compile, and says where it stands", () => {
    const broken = { ...job, "x-invariants": [atMostTotal, { ...stays, rule: "self.done <=" }] };
    const place = { file: "/api.yaml", line: 3, column: 5 };
    const document = openDocument(documentWith(broken), (at) =>
      at.endsWith("/x-invariants/1/rule") ? place : undefined,
    );
    const attempt = (): unknown => collect(document);
    expect(attempt).toThrow(RuleCompileError);
    expect(attempt).toThrow(/^\/api\.yaml:3:5: #\/paths.+\/1\/rule: The rule of .+"stays" is not/);
  });
});

/** A document whose schemas each refer to the next under these names, down to one with a rule. */
function documentWithWays(steps: number, names: readonly string[]): unknown {
  const schemas: Record<string, unknown> = {
    [`S${steps}`]: { "x-invariants": [{ ...atMostTotal, rule: "self != 1" }] },
  };
  for (let index = 0; index < steps; index += 1) {
    const next = { $ref: `#/components/schemas/S${index + 1}` };
    schemas[`S${index}`] = { properties: Object.fromEntries(names.map((name) => [name, next])) };
  }
  const content = { "application/json": { schema: { $ref: "#/components/schemas/S0" } } };
  return {
    openapi: "3.1.1",
    paths: { "/a": { get: { responses: { "200": { content } } } } },
    components: { schemas },
  };
}

it.each([
  ["number", 30, ["a", "b"]],
  ["length", 3000, ["a"]],
])(
  "rules are refused where the ways to them cannot be followed, by their %s",
  (_by, steps, names) => {
    const document = openDocument(documentWithWays(steps, names));
    expect(() => collect(document)).toThrow(/more ways lead from here/);
  },
);
