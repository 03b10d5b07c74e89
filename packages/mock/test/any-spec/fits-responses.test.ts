import { expect, test } from "vitest";
import { createMock } from "../../src/index.ts";

const text = { type: "string" };
const password = { type: "string", writeOnly: true };
const cat = {
  type: "object",
  required: ["petType", "name"],
  properties: { petType: text, name: text, password },
};
const dog = {
  type: "object",
  required: ["petType", "bark"],
  properties: { petType: text, bark: text },
};
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const mapping = { feline: "#/components/schemas/Cat", canine: "Dog" };
const schemas = {
  Cat: cat,
  Dog: dog,
  Animal: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "petType", mapping } },
  Named: { oneOf: [ref("Dog"), ref("Cat")], discriminator: { propertyName: "petType" } },
  Base: {
    type: "object",
    required: ["kind"],
    properties: { kind: text },
    discriminator: { propertyName: "kind", mapping: { child: "Child" } },
  },
  Child: {
    allOf: [
      ref("Base"),
      { type: "object", properties: { secret: password, age: { type: "integer" } } },
    ],
  },
  Tree: {
    type: "object",
    properties: { password, children: { type: "array", items: ref("Tree") } },
  },
  Map: { type: "object", additionalProperties: ref("Cat") },
};
const tree = { password: "a", children: [{ password: "b", children: [] }] };

const cases: readonly [what: string, schema: object, example: unknown, sent: unknown][] = [
  ["a sample", ref("Cat"), undefined, { petType: "string", name: "string" }],
  [
    "an example",
    ref("Cat"),
    { petType: "x", name: "Tom", password: "1" },
    { petType: "x", name: "Tom" },
  ],
  [
    "a list",
    { type: "array", items: ref("Cat") },
    undefined,
    [{ petType: "string", name: "string" }],
  ],
  ["a tree", ref("Tree"), tree, { children: [{ children: [] }] }],
  ["a map", ref("Map"), { a: { name: "Tom", password: "1" } }, { a: { name: "Tom" } }],
  ["the first variant", ref("Animal"), undefined, { petType: "feline", name: "string" }],
  [
    "the variant of an example",
    ref("Animal"),
    { petType: "dog", bark: "wow" },
    { petType: "canine", bark: "wow" },
  ],
  [
    "a value of the mapping",
    ref("Animal"),
    { petType: "canine", bark: "wow" },
    { petType: "canine", bark: "wow" },
  ],
  ["a schema's name", ref("Named"), undefined, { petType: "Dog", bark: "string" }],
  ["an extension", ref("Child"), undefined, { kind: "child", age: 0 }],
  ["a base", ref("Base"), undefined, { kind: "child" }],
];

function specWith(schema: object, example: unknown, servers: readonly object[] = []): object {
  const content = { "application/json": { schema, ...(example === undefined ? {} : { example }) } };
  return {
    openapi: "3.1.0",
    info: { title: "Pets", version: "1" },
    servers,
    paths: { "/pets": { get: { responses: { "200": { description: "Here.", content } } } } },
    components: { schemas },
  };
}

test.each(cases)(
  "sends nothing that is only written, and a discriminator's own values: %s",
  async (_, schema, example, sent) => {
    const mock = await createMock({ spec: specWith(schema, example) });
    const response = await mock.fetch("/pets");
    expect(await response.json()).toEqual(sent);
  },
);

test("sends no property that is only written in bodies that are made up", async () => {
  const mock = await createMock({ spec: specWith(ref("Animal"), undefined) });
  for (let time = 0; time < 10; time++) {
    const response = await mock.fetch("/pets", { headers: { Prefer: "dynamic=true" } });
    const body: unknown = await response.json();
    expect(["feline", "canine"]).toContain(Reflect.get(Object(body), "petType"));
    expect(body).not.toHaveProperty("password");
  }
});

const servers = [
  { url: "https://api.example/v1" },
  {
    url: "https://{region}.example:{port}/{base}/x.y/",
    variables: { base: { default: "b/c", enum: ["d"] } },
  },
  { url: "relative" },
  { url: "/" },
];

test.each([
  ["/pets", 200],
  ["/v1/pets", 200],
  ["/b/c/x.y/pets", 200],
  ["/d/x.y/pets", 200],
  ["/relative/pets", 200],
  ["/v1pets", 404],
  ["/e/x.y/pets", 404],
  ["/d/xzy/pets", 404],
  ["/v1/v1/pets", 404],
])("serves the paths of the document's servers: %s", async (path, status) => {
  const mock = await createMock({ spec: specWith(ref("Cat"), undefined, servers) });
  expect((await mock.fetch(path)).status).toBe(status);
  expect(mock.requests.map(({ target }) => target)).toEqual([path]);
});
