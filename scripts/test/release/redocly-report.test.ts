import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { planDocuments } from "../../release/plan/plan-documents.ts";
import { parseRedoclyReport } from "../../release/wire/redocly-diff.ts";
import { documentPair } from "./support/document-pair.ts";

describe("a comparison that cannot be made", () => {
  test.each([
    ["not JSON", "is not JSON"],
    ["{}", "has no list of changes"],
    ['{"changes":[{"kind":"moved"}]}', 'has a change of kind "moved"'],
    ['{"changes":[{"kind":"added"}]}', "without typeName, path or impact"],
  ])("is refused when the report is %s", (text, message) => {
    expect(() => parseRedoclyReport(text)).toThrow(message);
  });

  test.each([
    ["paths: [", /cannot be read as an OpenAPI document/u],
    ["title: no document", /it has no `openapi` version/u],
  ])("is refused when a document is %j", async (text, message) => {
    using pair = documentPair(() => {});
    writeFileSync(pair.revisionFile, text);
    await expect(planDocuments(pair.baseFile, pair.revisionFile)).rejects.toThrow(message);
  });

  test("is refused when a document is absent", async () => {
    using pair = documentPair(() => {});
    await expect(planDocuments(pair.baseFile, `${pair.baseFile}.absent`)).rejects.toThrow(
      /ENOENT/u,
    );
  });

  test("says what it left out when no code can be generated from a document", async () => {
    using pair = documentPair((document) => delete document.paths["/pets/{petId}"].get.parameters);
    const plan = await planDocuments(pair.baseFile, pair.revisionFile);
    expect(plan.notes).toEqual([expect.stringContaining("The types were not compared")]);
    expect(plan.bump).toBe("major");
  });
});
