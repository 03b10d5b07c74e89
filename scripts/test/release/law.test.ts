import { describe, expect, test } from "vitest";
import type { Bump } from "../../release/release-plan.ts";
import { planDocuments } from "../../release/plan/plan-documents.ts";
import type { Editable } from "./support/base-document.ts";
import { documentPair, redirect, rename } from "./support/document-pair.ts";

type Row = readonly [change: string, bump: Bump, id: string, edit: (document: Editable) => void];

const pet = (document: Editable): Editable => document.components.schemas.Pet;
const newPet = (document: Editable): Editable => document.components.schemas.NewPet;
const getPet = (document: Editable): Editable => document.paths["/pets/{petId}"].get;
const createPet = (document: Editable): Editable => document.paths["/pets"].post;

const rows: readonly Row[] = [
  ["nothing", "none", "", () => {}],
  [
    "a description",
    "patch",
    "response-description-changed",
    (d) => (pet(d).properties.born.description = "Birthday."),
  ],
  [
    "a response property is removed",
    "major",
    "response-property-removed",
    (d) => delete pet(d).properties.nick,
  ],
  [
    "a response property becomes optional",
    "major",
    "response-required-value-removed",
    (d) => pet(d).required.pop(),
  ],
  [
    "a response property becomes nullable",
    "major",
    "response-became-nullable",
    (d) => (pet(d).properties.nick.type = ["string", "null"]),
  ],
  [
    "a response property changes its type",
    "major",
    "response-type-changed",
    (d) => (pet(d).properties.nick.type = "integer"),
  ],
  [
    "a response union gains a branch",
    "major",
    "response-one-of-added",
    (d) =>
      pet(d).properties.place.oneOf.push({
        type: "object",
        required: ["boat"],
        properties: { boat: { type: "string" } },
      }),
  ],
  [
    "an open response enum gains a value",
    "minor",
    "response-enum-value-added",
    (d) => d.components.schemas.PetStatus.enum.push("lost"),
  ],
  [
    "a response enum loses a value",
    "minor",
    "response-enum-value-removed",
    (d) => d.components.schemas.PetStatus.enum.pop(),
  ],
  [
    "a required response property is added",
    "minor",
    "response-property-added",
    (d) => {
      pet(d).properties.weight = { type: "number" };
      pet(d).required.push("weight");
    },
  ],
  [
    "an optional response property is added",
    "minor",
    "response-property-added",
    (d) => (pet(d).properties.weight = { type: "number" }),
  ],
  [
    "a response date becomes a date-time",
    "minor",
    "response-format-changed",
    (d) => (pet(d).properties.born.format = "date-time"),
  ],
  [
    "the default of a parameter changes",
    "minor",
    "request-default-changed",
    (d) => (getPet(d).parameters[2].schema.default = 20),
  ],
  [
    "a required parameter is added",
    "major",
    "parameter-added",
    (d) =>
      getPet(d).parameters.push({
        name: "page",
        in: "query",
        required: true,
        schema: { type: "integer" },
      }),
  ],
  [
    "an optional parameter is added",
    "minor",
    "parameter-added",
    (d) => getPet(d).parameters.push({ name: "page", in: "query", schema: { type: "integer" } }),
  ],
  ["a parameter is removed", "major", "parameter-removed", (d) => getPet(d).parameters.pop()],
  [
    "a query parameter is renamed",
    "major",
    "parameter-name-changed",
    (d) => (getPet(d).parameters[2].name = "max"),
  ],
  [
    "a parameter's enum loses a value",
    "major",
    "request-enum-value-removed",
    (d) => getPet(d).parameters[1].schema.enum.pop(),
  ],
  [
    "a body's enum loses a value",
    "major",
    "request-enum-value-removed",
    (d) => newPet(d).properties.kind.enum.pop(),
  ],
  [
    "a body's enum gains a value",
    "minor",
    "request-enum-value-added",
    (d) => newPet(d).properties.kind.enum.push("fish"),
  ],
  [
    "a parameter gains a pattern",
    "major",
    "request-pattern-added",
    (d) => (d.components.schemas.PetId.pattern = "^p_"),
  ],
  [
    "a parameter's maximum is lowered",
    "major",
    "request-maximum-decreased",
    (d) => (getPet(d).parameters[2].schema.maximum = 50),
  ],
  [
    "a parameter's maximum is raised",
    "minor",
    "request-maximum-increased",
    (d) => (getPet(d).parameters[2].schema.maximum = 500),
  ],
  [
    "a body property becomes required",
    "major",
    "request-required-value-added",
    (d) => newPet(d).required.push("age"),
  ],
  ["a path is renamed", "major", "path-removed", (d) => rename(d.paths, "/pets", "/animals")],
  ["a method is removed", "major", "path-removed", (d) => delete d.paths["/pets"]],
  [
    "the media type of a response changes",
    "major",
    "media-type-removed",
    (d) => rename(getPet(d).responses[200].content, "application/json", "application/hal+json"),
  ],
  [
    "the media type of a body changes",
    "major",
    "media-type-removed",
    (d) => rename(createPet(d).requestBody.content, "application/json", "application/cbor"),
  ],
  [
    "the success status changes",
    "major",
    "response-removed",
    (d) => rename(createPet(d).responses, "201", "200"),
  ],
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
    "a path parameter is renamed",
    "major",
    "types-request-property-removed",
    (d) => {
      rename(d.paths, "/pets/{petId}", "/pets/{id}");
      d.paths["/pets/{id}"].get.parameters[0].name = "id";
    },
  ],
  [
    "an operation id is renamed",
    "major",
    "types-operation-removed",
    (d) => (getPet(d).operationId = "readPet"),
  ],
  [
    "a schema is renamed",
    "major",
    "types-export-renamed",
    (d) => {
      rename(d.components.schemas, "PetId", "AnimalId");
      redirect(d, "PetId", "AnimalId");
    },
  ],
  [
    "an error status is removed",
    "major",
    "response-removed",
    (d) => delete getPet(d).responses[404],
  ],
  [
    "an error status is added",
    "minor",
    "response-added",
    (d) => (getPet(d).responses[410] = { description: "Gone" }),
  ],
  [
    "an operation is deprecated",
    "minor",
    "operation-deprecated-changed",
    (d) => (getPet(d).deprecated = true),
  ],
  [
    "the server moves",
    "minor",
    "server-url-changed",
    (d) => (d.servers[0].url = "https://api.pets.example"),
  ],
];

describe("the bump that a change needs", () => {
  test.concurrent.each(rows)("%s: %s", async (_, bump, id, edit) => {
    using pair = documentPair(edit);
    const plan = await planDocuments(pair.baseFile, pair.revisionFile);
    expect(plan.notes).toEqual([]);
    expect({ bump: plan.bump, changes: plan.changes }).toMatchObject({ bump });
    const ids = plan.changes.map((change) => change.id);
    expect(ids).toEqual(expect.arrayContaining(id === "" ? [] : [id]));
  });
});
