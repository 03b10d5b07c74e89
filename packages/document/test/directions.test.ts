import { describe, expect, it } from "vitest";
import { componentsOf, openDocument, reachedBy } from "../src/index.ts";

const schema = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): object => ({
  content: { "application/json": { schema: schema(name) } },
});
const exchange = { requestBody: json("Sent"), responses: { "200": json("Received") } };

/** Which component schemas each direction leads to. */
function reachedSchemas(members: object, schemas: object = {}): Record<string, readonly string[]> {
  const components = { schemas: { Sent: {}, Received: {}, Unused: {}, ...schemas } };
  const document = openDocument({ openapi: "3.1.0", components, ...members });
  const reached = reachedBy(document);
  const named = (direction: "request" | "response"): readonly string[] =>
    componentsOf(document.root)
      .filter(({ value }) => reached[direction].has(value))
      .map(({ names }) => names.join());
  return { request: named("request"), response: named("response") };
}

const straight = { request: ["Sent"], response: ["Received"] };
const turned = { request: ["Received"], response: ["Sent"] };

describe("which way the values of a schema go", () => {
  it.each([
    ["an operation", { paths: { "/a": { post: exchange } } }, straight],
    ["a webhook", { webhooks: { a: { post: exchange } } }, turned],
    [
      "a callback",
      { paths: { "/a": { post: { callbacks: { done: { "{$url}": { post: exchange } } } } } } },
      turned,
    ],
    [
      "a callback of a webhook",
      { webhooks: { a: { post: { callbacks: { done: { "{$url}": { post: exchange } } } } } } },
      straight,
    ],
    [
      "parameters of a path",
      { paths: { "/a": { parameters: [{ name: "a", in: "query", schema: schema("Sent") }] } } },
      { request: ["Sent"], response: [] },
    ],
    [
      "parameters of a webhook",
      { webhooks: { a: { parameters: [{ name: "a", in: "query", schema: schema("Sent") }] } } },
      { request: [], response: ["Sent"] },
    ],
    [
      "a header of a response",
      {
        paths: {
          "/a": {
            get: { responses: { "200": { headers: { A: { schema: schema("Received") } } } } },
          },
        },
      },
      { request: [], response: ["Received"] },
    ],
  ])("of %s", (_name, members, expected) => {
    expect(reachedSchemas(members)).toEqual(expected);
  });

  const paths = { "/a": { get: { responses: { "200": json("Start") } } } };
  it.each([
    ["references in a circle", { Start: { items: schema("End") }, End: { not: schema("Start") } }],
    ["a reference to a reference", { Start: schema("Between"), Between: schema("End"), End: {} }],
    ["a mapping to a name", { Start: { discriminator: { mapping: { a: "End" } } }, End: {} }],
    [
      "a mapping to a reference",
      { Start: { discriminator: { mapping: { a: "#/components/schemas/End" } } }, End: {} },
    ],
  ])("is followed through %s", (_name, schemas) => {
    expect(reachedSchemas({ paths }, schemas)["response"]).toEqual(Object.keys(schemas));
  });

  it("is not that of a schema that only an example mentions", () => {
    const schemas = { Start: { example: schema("Unused") } };
    expect(reachedSchemas({ paths }, schemas)["response"]).toEqual(["Start"]);
  });
});
