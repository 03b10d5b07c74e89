import { describe, expect, test } from "vitest";
import type { Editable } from "./support/base-document.ts";
import { rename } from "./support/document-pair.ts";
import type { LawRow } from "./support/law-row.ts";
import { createPet, named, getPet, newPet, rate } from "./support/law-row.ts";

const webhooks = (): Editable => ({
  born: {
    post: {
      requestBody: {
        content: {
          "application/json": {
            schema: { type: "object", properties: { name: { type: "string" } } },
          },
        },
      },
      responses: { 204: { description: "Noted" } },
    },
  },
});

/** A new pet that may be a tortoise, which only the discriminator says. */
function mapped(document: Editable): void {
  const { schemas } = document.components;
  newPet(document).discriminator = {
    propertyName: "name",
    mapping: { slow: "#/components/schemas/Tortoise" },
  };
  schemas.Tortoise = {
    allOf: [{ $ref: "#/components/schemas/NewPet" }],
    properties: { shell: { type: "string" } },
  };
}

const rows: readonly LawRow[] = [
  ["a path is renamed", "major", "operation-moved", (d) => rename(d.paths, "/pets", "/animals")],
  ["a path is removed", "major", "operation-removed", (d) => delete d.paths["/pets"]],
  [
    "the header of the key changes",
    "major",
    "security-changed",
    (d) => (d.components.securitySchemes.key.name = "Authorization"),
  ],
  [
    "the scheme becomes a bearer token",
    "major",
    "security-changed",
    (d) => (d.components.securitySchemes.key = { type: "http", scheme: "bearer" }),
  ],
  [
    "another way to authenticate is added",
    "minor",
    "security-alternative-added",
    (d) => {
      d.components.securitySchemes.token = { type: "http", scheme: "bearer" };
      d.security.push({ token: [] });
    },
  ],
  [
    "the server moves",
    "minor",
    "servers-changed",
    (d) => (d.servers[0].url = "https://api.pets.example"),
  ],
  [
    "a parameter moves to a header",
    "major",
    "request-parameter-removed",
    (d) => (getPet(d).parameters[1].in = "header"),
  ],
  ["an operation is added", "minor", "operation-added", (d) => (d.paths["/pets"].get = getPet(d))],
  [
    "a header is removed",
    "major",
    "response-header-removed",
    (d) => (getPet(d).responses[200].headers = { "X-Rate": { schema: { type: "integer" } } }),
    (d) => delete getPet(d).responses[200].headers,
  ],
  [
    "a header is added",
    "minor",
    "response-header-added",
    (d) => (getPet(d).responses[200].headers = { "X-Rate": { schema: { type: "integer" } } }),
  ],
  [
    "a header's values widen",
    "major",
    "response-type-changed",
    (d) => (getPet(d).responses[200].headers = { "X-Rate": { schema: { type: "integer" } } }),
    (d) => (getPet(d).responses[200].headers = { "x-rate": { schema: { type: "number" } } }),
  ],
  [
    "authentication is no longer needed",
    "minor",
    "security-alternative-added",
    (d) => (d.security = []),
  ],
  [
    "a scope is needed",
    "major",
    "security-changed",
    (d) => {
      d.components.securitySchemes.key = { type: "oauth2", flows: {} };
      d.security = [{ key: ["read"] }];
    },
    (d) => (d.security = [{ key: ["read", "write"] }]),
  ],
  [
    "a webhook is removed",
    "major",
    "webhook-removed",
    (d) => (d.webhooks = webhooks()),
    (d) => delete d.webhooks,
  ],
  [
    "a webhook sends less",
    "major",
    "response-property-removed",
    (d) => (d.webhooks = webhooks()),
    (d) =>
      delete d.webhooks.born.post.requestBody.content["application/json"].schema.properties.name,
  ],
  [
    "a webhook sends more",
    "minor",
    "response-property-added",
    (d) => (d.webhooks = webhooks()),
    (d) =>
      (d.webhooks.born.post.requestBody.content["application/json"].schema.properties.age = {
        type: "integer",
      }),
  ],
  [
    "a callback sends less",
    "major",
    "response-property-removed",
    (d) => (createPet(d).callbacks = { born: { "{$request.body#/url}": webhooks().born } }),
    (d) =>
      delete createPet(d).callbacks.born["{$request.body#/url}"].post.requestBody.content[
        "application/json"
      ].schema.properties.name,
  ],
  [
    "a schema that only a mapping names",
    "major",
    "request-max-length-added",
    mapped,
    (d) => (d.components.schemas.Tortoise.properties.shell.maxLength = 5),
  ],
  [
    "a schema that extends one with a discriminator",
    "major",
    "request-max-length-added",
    (d) => {
      mapped(d);
      delete newPet(d).discriminator.mapping;
    },
    (d) => (d.components.schemas.Tortoise.properties.shell.maxLength = 5),
  ],
  [
    "a schema that extends one which extends one with a discriminator",
    "major",
    "request-max-length-added",
    (d) => {
      mapped(d);
      delete newPet(d).discriminator.mapping;
      d.components.schemas.Giant = {
        allOf: [{ $ref: "#/components/schemas/Tortoise" }],
        properties: { island: { type: "string" } },
      };
    },
    (d) => (d.components.schemas.Giant.properties.island.maxLength = 5),
  ],
  [
    "a media type becomes a range in requests",
    "minor",
    "request-media-type-added",
    (d) => rename(createPet(d).requestBody.content, "application/json", "application/*"),
  ],
  [
    "a range becomes a media type in answers",
    "minor",
    "response-media-type-added",
    (d) => rename(getPet(d).responses[200].content, "application/json", "*/*"),
    (d) => rename(getPet(d).responses[200].content, "*/*", "application/json"),
  ],
  [
    "a media type becomes a range in answers",
    "major",
    "response-media-type-removed",
    (d) => rename(getPet(d).responses[200].content, "application/json", "*/*"),
  ],
  [
    "a property is renamed",
    "major",
    "request-property-renamed",
    (d) => rename(newPet(d).properties, "age", "years"),
  ],
  [
    "a discriminator's value means something else",
    "major",
    "request-discriminator-mapping-changed",
    mapped,
    (d) => (newPet(d).discriminator.mapping.slow = "House"),
  ],
  [
    "a discriminator is removed",
    "minor",
    "request-discriminator-removed",
    mapped,
    (d) => delete newPet(d).discriminator,
  ],
];

describe("the bump that a change of what is called, and how, needs", () => {
  test.each(rows.map(named))("%s: %s", (_, bump, row) => {
    const found = rate(row);
    expect(found).toMatchObject({ bump });
    expect(found.ids).toEqual(expect.arrayContaining([row[2]]));
  });
});
