import { describe, expect, test } from "vitest";
import { rename } from "./support/document-pair.ts";
import type { LawRow } from "./support/law-row.ts";
import { createPet, named, getPet, rate } from "./support/law-row.ts";

const rows: readonly LawRow[] = [
  [
    "an enum that is answered loses a value",
    "major",
    "response-enum-value-removed",
    (d) => d.components.schemas.PetStatus.enum.pop(),
  ],
  [
    "an open response enum gains a value",
    "minor",
    "response-enum-value-added",
    (d) => d.components.schemas.PetStatus.enum.push("lost"),
  ],
  [
    "a required parameter is added",
    "major",
    "request-parameter-added-required",
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
    "request-parameter-added",
    (d) => getPet(d).parameters.push({ name: "page", in: "query", schema: { type: "integer" } }),
  ],
  [
    "a parameter is removed",
    "major",
    "request-parameter-removed",
    (d) => getPet(d).parameters.pop(),
  ],
  [
    "a query parameter is renamed",
    "major",
    "request-parameter-renamed",
    (d) => (getPet(d).parameters[2].name = "max"),
  ],
  [
    "a parameter's enum loses a value",
    "major",
    "request-enum-value-removed",
    (d) => getPet(d).parameters[1].schema.enum.pop(),
  ],
  [
    "a parameter gains a pattern",
    "major",
    "request-pattern-added",
    (d) => (d.components.schemas.PetId.pattern = "^p_"),
  ],
  [
    "the media type of a response changes",
    "major",
    "response-media-type-removed",
    (d) => rename(getPet(d).responses[200].content, "application/json", "application/hal+json"),
  ],
  [
    "the media type of a body changes",
    "major",
    "request-media-type-removed",
    (d) => rename(createPet(d).requestBody.content, "application/json", "application/cbor"),
  ],
  [
    "the success status changes",
    "major",
    "response-removed",
    (d) => rename(createPet(d).responses, "201", "200"),
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
    "a body gains a media type",
    "minor",
    "request-media-type-added",
    (d) => (createPet(d).requestBody.content["text/plain"] = {}),
  ],
  [
    "a response gains a media type",
    "minor",
    "response-media-type-added",
    (d) => (getPet(d).responses[200].content["text/plain"] = {}),
  ],
  [
    "a body becomes optional",
    "minor",
    "request-body-became-optional",
    (d) => (createPet(d).requestBody.required = false),
  ],
  ["a body is removed", "major", "request-body-removed", (d) => delete createPet(d).requestBody],
  [
    "an optional body is added",
    "minor",
    "request-body-added-optional",
    (d) => (getPet(d).requestBody = { content: createPet(d).requestBody.content }),
  ],
  [
    "a required body is added",
    "major",
    "request-body-added-required",
    (d) => (getPet(d).requestBody = createPet(d).requestBody),
  ],
  [
    "a parameter becomes required",
    "major",
    "request-parameter-became-required",
    (d) => (getPet(d).parameters[1].required = true),
  ],
];

describe("the bump that a change of what is sent or answered needs", () => {
  test.each(rows.map(named))("%s: %s", (_, bump, row) => {
    const found = rate(row);
    expect(found).toMatchObject({ bump });
    expect(found.ids).toEqual(expect.arrayContaining([row[2]]));
  });
});
