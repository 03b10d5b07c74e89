import { expect, test } from "vitest";
import { planDocuments } from "../../release/plan/plan-documents.ts";
import { documentPair } from "./support/document-pair.ts";

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
