import { expect, it } from "vitest";
import { openDocument } from "../src/index.ts";

it("meets every object of the specification once, with its kind and place", () => {
  const document = openDocument({
    openapi: "3.1.0",
    info: { contact: {}, license: {} },
    servers: [{ url: "/", variables: { v: {} } }],
    tags: [{ name: "t", externalDocs: {} }],
    paths: {
      "/a": {
        parameters: [
          {
            name: "p",
            in: "query",
            schema: { properties: { example: { examples: [{ type: "x" }] } } },
          },
        ],
        get: {
          requestBody: {
            content: {
              "a/b": {
                encoding: { e: { headers: { h: {} } } },
                examples: { x: { value: { schema: {} } } },
              },
            },
          },
          responses: { "200": { links: { l: { server: {} } } }, "x-other": {} },
          callbacks: { c: { "{$url}": { post: {} } } },
        },
      },
    },
    webhooks: { w: {} },
    components: { securitySchemes: { s: { flows: { implicit: {} } } } },
  });
  const found = [...document.walk()].map(({ kind, pointer }) => [kind, pointer]);
  expect(found).toEqual([
    ["document", "#"],
    ["info", "#/info"],
    ["contact", "#/info/contact"],
    ["license", "#/info/license"],
    ["server", "#/servers/0"],
    ["serverVariable", "#/servers/0/variables/v"],
    ["tag", "#/tags/0"],
    ["externalDocs", "#/tags/0/externalDocs"],
    ["paths", "#/paths"],
    ["pathItem", "#/paths/~1a"],
    ["parameter", "#/paths/~1a/parameters/0"],
    ["schema", "#/paths/~1a/parameters/0/schema"],
    ["schema", "#/paths/~1a/parameters/0/schema/properties/example"],
    ["operation", "#/paths/~1a/get"],
    ["requestBody", "#/paths/~1a/get/requestBody"],
    ["mediaType", "#/paths/~1a/get/requestBody/content/a~1b"],
    ["encoding", "#/paths/~1a/get/requestBody/content/a~1b/encoding/e"],
    ["header", "#/paths/~1a/get/requestBody/content/a~1b/encoding/e/headers/h"],
    ["example", "#/paths/~1a/get/requestBody/content/a~1b/examples/x"],
    ["responses", "#/paths/~1a/get/responses"],
    ["response", "#/paths/~1a/get/responses/200"],
    ["link", "#/paths/~1a/get/responses/200/links/l"],
    ["server", "#/paths/~1a/get/responses/200/links/l/server"],
    ["callback", "#/paths/~1a/get/callbacks/c"],
    ["pathItem", "#/paths/~1a/get/callbacks/c/{$url}"],
    ["operation", "#/paths/~1a/get/callbacks/c/{$url}/post"],
    ["pathItem", "#/webhooks/w"],
    ["components", "#/components"],
    ["securityScheme", "#/components/securitySchemes/s"],
    ["oauthFlows", "#/components/securitySchemes/s/flows"],
    ["oauthFlow", "#/components/securitySchemes/s/flows/implicit"],
  ]);
});

it.each([
  [true, {}],
  [false, { not: {} }],
])("resolves a reference to the schema %s to an object that is equal to it", (schema, value) => {
  const document = openDocument({ openapi: "3.1.0", components: { schemas: { Any: schema } } });
  const reference = { pointer: "#/a", value: { $ref: "#/components/schemas/Any" } };
  const target = { pointer: "#/components/schemas/Any", value };
  expect(document.resolve(reference).target).toEqual(target);
});
