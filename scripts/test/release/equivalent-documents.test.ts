import { describe, expect, test } from "vitest";
import type { Editable } from "./support/base-document.ts";
import { baseDocument } from "./support/base-document.ts";
import type { Surroundings } from "./support/compare-values.ts";
import { changesBetween, documentWith } from "./support/compare-values.ts";

type Rewrite = readonly [
  what: string,
  before: Editable,
  after: Editable,
  openapi?: string,
  components?: Editable,
];

const text = { type: "string" };
const short = { type: "string", maxLength: 5 };
const components = {
  Name: short,
  Named: { type: "object", required: ["name"], properties: { name: short } },
  Cat: { type: "object", required: ["kind"], properties: { kind: { const: "cat" } } },
  Dog: { type: "object", required: ["kind"], properties: { kind: { const: "dog" } } },
};
const cat = { $ref: "#/components/schemas/Cat" };
const dog = { $ref: "#/components/schemas/Dog" };

const rewrites: readonly Rewrite[] = [
  ["a reference instead of the schema", short, { $ref: "#/components/schemas/Name" }],
  [
    "a reference within allOf",
    { $ref: "#/components/schemas/Name" },
    { allOf: [{ $ref: "#/components/schemas/Name" }] },
  ],
  [
    "one schema in two parts",
    { ...text, minLength: 1, maxLength: 5 },
    { allOf: [{ ...text, minLength: 1 }, { maxLength: 5 }] },
  ],
  [
    "a property within allOf",
    components.Named,
    { allOf: [{ type: "object", required: ["name"] }, { properties: { name: short } }] },
  ],
  [
    "another order of allOf",
    { allOf: [text, { maxLength: 5 }] },
    { allOf: [{ maxLength: 5 }, text] },
  ],
  ["another order of alternatives", { oneOf: [cat, dog] }, { oneOf: [dog, cat] }],
  ["a single alternative", short, { anyOf: [short] }],
  ["null as an alternative", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
  ["null in another order", { type: ["string", "null"] }, { type: ["null", "string"] }],
  [
    "a reference or null",
    { oneOf: [{ $ref: "#/components/schemas/Name" }, { type: "null" }] },
    { type: ["string", "null"], maxLength: 5 },
  ],
  ["a list of one type", text, { type: ["string"] }],
  [
    "a bound that another one holds already",
    { type: "number", exclusiveMinimum: 5, maximum: 7 },
    { type: "number", exclusiveMinimum: 5, minimum: 5, maximum: 7, exclusiveMaximum: 8 },
  ],
  ["a multiple of 1", { type: "integer" }, { type: "number", multipleOf: 1 }],
  ["both booleans", { type: "boolean" }, { type: "boolean", enum: [true, false] }],
  ["null as a constant", { type: "null" }, { const: null }],
  ["another order within a default", { default: { a: 1, b: 2 } }, { default: { b: 2, a: 1 } }],
  [
    "types as alternatives",
    { type: ["string", "integer"] },
    { anyOf: [text, { type: "integer" }] },
  ],
  ["a constant as a list of one", { const: "a" }, { enum: ["a"] }],
  [
    "constants as alternatives",
    { enum: ["a", "b"] },
    {
      oneOf: [
        { const: "a", title: "A" },
        { const: "b", title: "B" },
      ],
    },
  ],
  ["another order of values", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
  ["values whose type is said, too", { enum: ["a", "b"] }, { type: "string", enum: ["a", "b"] }],
  [
    "another order of required properties",
    { type: "object", required: ["a", "b"] },
    { type: "object", required: ["b", "a"] },
  ],
  ["a least length of 0", text, { ...text, minLength: 0 }],
  ["a pattern for every text", text, { ...text, pattern: "^.*$" }],
  ["further properties, said", { type: "object" }, { type: "object", additionalProperties: true }],
  [
    "further properties, said with a schema",
    { type: "object" },
    { type: "object", additionalProperties: {} },
  ],
  ["items that may be anything", { type: "array" }, { type: "array", items: true }],
  [
    "flags at their defaults",
    text,
    { ...text, readOnly: false, writeOnly: false, uniqueItems: false },
  ],
  [
    "an exclusive bound of integers",
    { type: "integer", minimum: 1 },
    { type: "integer", exclusiveMinimum: 0 },
  ],
  [
    "an exclusive bound of 3.0",
    { type: "number", minimum: 1, exclusiveMinimum: true },
    { type: "number", exclusiveMinimum: true, minimum: 1.0 },
    "3.0.3",
  ],
  [
    "a nullable reference of 3.0",
    { allOf: [{ $ref: "#/components/schemas/Name" }], nullable: true },
    { ...short, nullable: true },
    "3.0.3",
  ],
  [
    "a discriminator's implicit names",
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
    {
      oneOf: [cat, dog],
      discriminator: {
        propertyName: "kind",
        mapping: { Cat: "#/components/schemas/Cat", Dog: "Dog" },
      },
    },
  ],
];

const getPet = (document: Editable): Editable => document.paths["/pets/{petId}"].get;
const announcements = /^(?:description|title|deprecated)-/u;

describe("a document that says the same in another way", () => {
  test.each(rewrites)(
    "changes nothing on the wire: %s",
    (_, before, after, openapi = "3.1.1", more = components) => {
      const surroundings: Surroundings = { openapi, components: more };
      for (const direction of ["request", "response"] as const) {
        const base = documentWith(direction, before, surroundings);
        const revision = documentWith(direction, after, surroundings);
        for (const [one, other] of [
          [base, revision],
          [revision, base],
        ] as const) {
          const changes = changesBetween(one, other).filter(({ id }) => !announcements.test(id));
          expect(changes).toEqual([]);
        }
      }
    },
  );

  test.each<readonly [string, (document: Editable) => void]>([
    [
      "a parameter of the whole path",
      (d) => (d.paths["/pets/{petId}"].parameters = [getPet(d).parameters.shift()]),
    ],
    [
      "a parameter among the components",
      (d) => {
        d.components.parameters = { Fields: getPet(d).parameters[1] };
        getPet(d).parameters[1] = { $ref: "#/components/parameters/Fields" };
      },
    ],
    [
      "style and explode at their defaults",
      (d) =>
        Object.assign(getPet(d).parameters[1], { style: "form", explode: true, required: false }),
    ],
    [
      "explode of what is neither a list nor an object",
      (d) => (getPet(d).parameters[1].explode = false),
    ],
    ["another order of parameters", (d) => getPet(d).parameters.push(getPet(d).parameters.shift())],
    [
      "a response among the components",
      (d) => {
        d.components.responses = { Found: getPet(d).responses[200] };
        getPet(d).responses[200] = { $ref: "#/components/responses/Found" };
      },
    ],
    [
      "security for each operation",
      (d) => {
        for (const operation of [getPet(d), d.paths["/pets"].post]) operation.security = d.security;
        delete d.security;
      },
    ],
    [
      "servers for each operation",
      (d) => {
        for (const operation of [getPet(d), d.paths["/pets"].post]) operation.servers = d.servers;
        delete d.servers;
      },
    ],
    [
      "the encoding that JSON has anyway",
      (d) => {
        const { content } = getPet(d).responses[200];
        content["application/json; charset=UTF-8"] = content["application/json"];
        delete content["application/json"];
      },
    ],
    [
      "another name of a path's parameter",
      (d) => {
        d.paths["/pets/{id}"] = d.paths["/pets/{petId}"];
        delete d.paths["/pets/{petId}"];
        d.paths["/pets/{id}"].get.parameters[0].name = "id";
      },
    ],
    [
      "another name of a security scheme",
      (d) => {
        d.components.securitySchemes = { token: d.components.securitySchemes.key };
        d.security = [{ token: [] }];
      },
    ],
  ])("changes nothing on the wire: %s", (_, edit) => {
    const revision = baseDocument();
    edit(revision);
    const changes = changesBetween(baseDocument(), revision).filter(({ bump }) => bump !== "patch");
    expect(changes).toEqual([]);
  });

  test("changes nothing on the wire: OpenAPI 3.1 instead of 3.0", () => {
    const old = documentWith(
      "request",
      { type: "integer", nullable: true, minimum: 1, exclusiveMinimum: true },
      { openapi: "3.0.3" },
    );
    const now = documentWith("request", { type: ["integer", "null"], exclusiveMinimum: 1 });
    expect(changesBetween(old, now)).toEqual([]);
  });
});
