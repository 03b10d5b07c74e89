import { expect, test } from "vitest";
import { planDocuments } from "../../release/plan/plan-documents.ts";
import { documentPair } from "./support/document-pair.ts";

test("a schema that is both sent and answered is rated in both directions, although the diff names one place", async () => {
  using pair = documentPair((document) => {
    // PetId is a parameter and a property of what is answered: a pattern refuses calls, and promises more of answers.
    document.components.schemas.PetId.pattern = "^p_";
  });
  const { changes } = await planDocuments(pair.baseFile, pair.revisionFile);
  expect(changes.map(({ id, bump }) => [id, bump])).toEqual([
    ["request-pattern-added", "major"],
    ["response-pattern-added", "minor"],
  ]);
});
