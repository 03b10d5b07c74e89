import { describe, expect, test } from "vitest";
import type { Bump } from "../../release/release-plan.ts";
import { greatestBump } from "../../release/release-plan.ts";
import { generateSurface } from "../../release/plan/plan-documents.ts";
import { compareSurfaces } from "../../release/surface/compare-surfaces.ts";
import type { Editable } from "./support/base-document.ts";
import { documentPair, redirect, rename } from "./support/document-pair.ts";

type Case = readonly [
  change: string,
  bump: Bump,
  id: string | undefined,
  edit: (document: Editable) => void,
];

const schemas = (document: Editable): Editable => document.components.schemas;
const pet = (document: Editable): Editable => schemas(document).Pet;
const newPet = (document: Editable): Editable => schemas(document).NewPet;
const getPet = (document: Editable): Editable => document.paths["/pets/{petId}"].get;
const createPet = (document: Editable): Editable => document.paths["/pets"].post;

const cases: readonly Case[] = [
  // Names that no wire carries.
  [
    "an operation is renamed",
    "major",
    "types-operation-renamed",
    (d) => (getPet(d).operationId = "readPet"),
  ],
  [
    "a path parameter is renamed",
    "major",
    "types-request-property-removed",
    (d) => {
      rename(d.paths, "/pets/{petId}", "/pets/{id}");
      d.paths["/pets/{id}"].get.parameters[0].name = "id";
    },
  ],
  [
    "a schema is renamed",
    "major",
    "types-export-renamed",
    (d) => {
      rename(schemas(d), "House", "Home");
      redirect(d, "House", "Home");
    },
  ],
  [
    "a named enum is renamed",
    "major",
    "types-export-renamed",
    (d) => {
      rename(schemas(d), "PetStatus", "Availability");
      redirect(d, "PetStatus", "Availability");
    },
  ],
  [
    "a schema that nothing uses is removed",
    "major",
    "types-export-removed",
    (d) => {
      delete schemas(d).Garden;
      pet(d).properties.place.oneOf.pop();
    },
  ],
  [
    "a schema becomes inline",
    "major",
    "types-export-removed",
    (d) => {
      pet(d).properties.status = structuredClone(schemas(d).PetStatus);
      delete schemas(d).PetStatus;
    },
  ],
  [
    "an inline schema gets a name",
    "minor",
    "types-export-added",
    (d) => {
      schemas(d).Owner = pet(d).properties.owner;
      pet(d).properties.owner = { $ref: "#/components/schemas/Owner" };
    },
  ],
  [
    "a schema is added",
    "minor",
    "types-export-added",
    (d) => (schemas(d).Boat = { type: "object", properties: { sails: { type: "integer" } } }),
  ],
  [
    "an operation is added",
    "minor",
    "types-operation-added",
    (d) =>
      (d.paths["/pets"].get = {
        operationId: "listPets",
        responses: { 200: { description: "Pets" } },
      }),
  ],
  // What a caller passes.
  [
    "a query parameter is renamed",
    "major",
    "types-request-property-removed",
    (d) => (getPet(d).parameters[1].name = "only"),
  ],
  [
    "an optional query parameter is added",
    "minor",
    "types-request-property-added",
    (d) => getPet(d).parameters.push({ name: "page", in: "query", schema: { type: "integer" } }),
  ],
  [
    "a required query parameter is added",
    "major",
    "types-request-property-added",
    (d) =>
      getPet(d).parameters.push({
        name: "page",
        in: "query",
        required: true,
        schema: { type: "integer" },
      }),
  ],
  [
    "a query parameter becomes required",
    "major",
    "types-request-became-required",
    (d) => (getPet(d).parameters[1].required = true),
  ],
  [
    "a body property becomes required",
    "major",
    "types-request-became-required",
    (d) => newPet(d).required.push("kind"),
  ],
  [
    "a body property becomes optional",
    "minor",
    "types-request-became-optional",
    (d) => newPet(d).required.pop(),
  ],
  [
    "a body property is removed",
    "major",
    "types-request-property-removed",
    (d) => delete newPet(d).properties.age,
  ],
  [
    "an enum of a body gains a value",
    "minor",
    "types-request-union-changed",
    (d) => newPet(d).properties.kind.enum.push("fish"),
  ],
  [
    "an enum of a body loses a value",
    "major",
    "types-request-union-changed",
    (d) => newPet(d).properties.kind.enum.pop(),
  ],
  [
    "the body becomes optional",
    "minor",
    "types-request-body-optionality",
    (d) => (createPet(d).requestBody.required = false),
  ],
  [
    "the body is removed",
    "major",
    "types-request-body-removed",
    (d) => delete createPet(d).requestBody,
  ],
  // What a caller reads.
  [
    "a property is removed",
    "major",
    "types-response-property-removed",
    (d) => delete pet(d).properties.nick,
  ],
  [
    "a property becomes optional",
    "major",
    "types-response-became-optional",
    (d) => pet(d).required.splice(0, 1),
  ],
  [
    "a property becomes required",
    "minor",
    "types-response-became-required",
    (d) => pet(d).required.push("nick"),
  ],
  [
    "a property becomes nullable",
    "major",
    "types-response-became-nullable",
    (d) => (pet(d).properties.nick.type = ["string", "null"]),
  ],
  [
    "a property is no longer nullable",
    "minor",
    "types-response-became-not-nullable",
    (d) => (pet(d).properties.owner.properties.phone.type = "string"),
  ],
  [
    "a property changes its type",
    "major",
    "types-response-type-changed",
    (d) => (pet(d).properties.tags.items.type = "integer"),
  ],
  [
    "a union gains an alternative",
    "major",
    "types-response-alternative-changed",
    (d) =>
      pet(d).properties.place.oneOf.push({
        type: "object",
        required: ["mast"],
        properties: { mast: { type: "integer" } },
      }),
  ],
  [
    "an open enum gains a value",
    "minor",
    "types-response-open-union-changed",
    (d) => schemas(d).PetStatus.enum.push("lost"),
  ],
  [
    "a success status with another shape is added",
    "major",
    "types-success-shape-added",
    (d) =>
      (createPet(d).responses[202] = {
        description: "Later",
        content: {
          "application/json": {
            schema: { type: "object", required: ["job"], properties: { job: { type: "string" } } },
          },
        },
      }),
  ],
  // What no type shows.
  [
    "a description, a pattern, a maximum and a format change",
    "none",
    undefined,
    (d) => {
      pet(d).properties.born = {
        type: "string",
        format: "date-time",
        description: "The moment of birth.",
      };
      schemas(d).PetId.pattern = "^p_";
      getPet(d).parameters[2].schema.maximum = 5;
    },
  ],
  [
    "a schema is written as allOf",
    "none",
    undefined,
    (d) => (schemas(d).NewPet = { allOf: [newPet(d)] }),
  ],
  [
    "a nullable property is written as alternatives",
    "none",
    undefined,
    (d) =>
      (pet(d).properties.owner.properties.phone = {
        anyOf: [{ type: "string" }, { type: "null" }],
      }),
  ],
  [
    "a body gains a media type, which need not be passed",
    "minor",
    "types-known-value-added",
    (d) => (createPet(d).requestBody.content["text/plain"] = { schema: { type: "string" } }),
  ],
  // What is exported as a value.
  [
    "a security scheme is renamed",
    "major",
    "types-value-renamed",
    (d) => {
      rename(d.components.securitySchemes, "key", "token");
      d.security = [{ token: [] }];
    },
  ],
  [
    "an enum loses a value that has a name",
    "major",
    "types-known-value-removed",
    (d) => schemas(d).PetStatus.enum.pop(),
  ],
];

describe("what a strict consumer sees of a change", () => {
  test("is shown by thirty-five pairs of documents", () => {
    expect(cases).toHaveLength(35);
  });

  test.each(cases)("%s: %s", async (_, bump, id, edit) => {
    using pair = documentPair(edit);
    const base = await generateSurface(pair.baseFile);
    const changes = compareSurfaces(base, await generateSurface(pair.revisionFile));
    expect({ bump: greatestBump(changes), changes }).toMatchObject({ bump });
    const ids = changes.map((change) => change.id);
    expect(ids).toEqual(expect.arrayContaining(id === undefined ? [] : [id]));
  });
});
