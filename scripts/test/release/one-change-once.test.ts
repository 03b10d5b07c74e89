import { expect, test } from "vitest";
import { planDocuments } from "../../release/plan/plan-documents.ts";
import { documentPair, redirect } from "./support/document-pair.ts";

test("a schema that is both sent and answered is one change, rated by the direction that needs more", async () => {
  using pair = documentPair((document) => {
    // PetId is a parameter and a property of what is answered: a pattern refuses calls, and promises more of answers.
    document.components.schemas.PetId.pattern = "^p_";
  });
  const { changes } = await planDocuments(pair.baseFile, pair.revisionFile);
  expect(changes).toMatchObject([
    { id: "request-pattern-added", bump: "major", where: "PetId", direction: "request" },
  ]);
});

test("what the generated methods show of a request is not said again", async () => {
  using pair = documentPair((document) => {
    const { parameters } = document.paths["/pets/{petId}"].get;
    parameters[1].required = true;
    parameters.push({ name: "page", in: "query", schema: { type: "integer" } });
    document.paths["/pets"].post.requestBody.required = false;
  });
  const { changes } = await planDocuments(pair.baseFile, pair.revisionFile);
  expect(changes.map(({ id, where }) => [id, where])).toEqual([
    ["request-parameter-became-required", "GET /pets/{petId}, parameter fields"],
    ["request-parameter-added", "GET /pets/{petId}"],
    ["request-body-became-optional", "POST /pets, request body"],
  ]);
});

test("of large documents the types are compared by their names, which is said", async () => {
  const padding = "Pets. ".repeat(100_000);
  using pair = documentPair((document) => {
    document.info.description = padding;
    document.paths["/pets"].post.operationId = "addPet";
    document.components.schemas.Home = document.components.schemas.House;
    redirect(document, "House", "Home");
    delete document.components.schemas.House;
  });
  const { changes, notes } = await planDocuments(pair.baseFile, pair.revisionFile);
  expect(notes).toEqual([expect.stringContaining("by their names")]);
  expect(changes.map(({ id, what }) => [id, what])).toEqual([
    ["types-export-renamed", "`House` is now called `Home`"],
    ["types-operation-renamed", "`createPet` is now called `addPet`"],
    ["description-changed", expect.stringContaining("`description` goes from")],
  ]);
});
