import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createReleasePlan } from "../../release/release-plan.ts";
import { compareWire, readDocument } from "../../release/wire/compare-wire.ts";
import type { Editable } from "./support/base-document.ts";
import { baseDocument } from "./support/base-document.ts";
import { documentPair } from "./support/document-pair.ts";

/** An operation on a path with a percent sign, whose response is the schema "A B" and not "A%20B". */
function encodedDocument(): Editable {
  const document = baseDocument();
  const schema = { $ref: "#/components/schemas/A%20B" };
  const responses = { 200: { description: "OK", content: { "application/json": { schema } } } };
  document.paths["/100%"] = { get: { operationId: "encoded", responses } };
  document.components.schemas["A B"] = { type: "string" };
  document.components.schemas["A%20B"] = { type: "string" };
  return document;
}

async function idsOf(edit: (document: Editable) => void): Promise<readonly (readonly string[])[]> {
  using pair = documentPair(() => {});
  const revision = encodedDocument();
  edit(revision);
  writeFileSync(pair.baseFile, JSON.stringify(encodedDocument()));
  writeFileSync(pair.revisionFile, JSON.stringify(revision));
  const changes = compareWire(
    await readDocument(pair.baseFile),
    await readDocument(pair.revisionFile),
  );
  return changes.map(({ id, where }) => [id, where]);
}

/** Limits the length of a schema's values. */
function shorten(name: string): (document: Editable) => void {
  return (document) => (document.components.schemas[name].maxLength = 3);
}

describe("the gate reads references as the document package does", () => {
  test("and rates a schema by the operations that lead to it", async () => {
    expect(await idsOf(shorten("A B"))).toEqual([["response-max-length-added", "A B"]]);
    // No operation leads to it: that the document changed is said by its hash.
    expect(await idsOf(shorten("A%20B"))).toEqual([]);
  });

  test("and names a place with a percent sign", async () => {
    const found = await idsOf((document) => {
      document.paths["/100%"].get.parameters = [
        { name: "a", in: "query", required: true, schema: { type: "string" } },
      ];
    });
    expect(found).toEqual([["request-parameter-added-required", "GET /100%"]]);
  });

  test.each([
    ["leads to nothing", "#/components/schemas/Nothing", /leads to nothing/],
    ["leads out of the folder", "../other.yaml", /outside the folder/],
    ["leads into the network", "http://127.0.0.1:9/other.yaml", /nothing is fetched/],
    ["cannot be decoded", "#/components/schemas/100%", /%25/],
  ])("and refuses one that %s", async (_name, $ref, message) => {
    const found = idsOf((document) => (document.components.schemas.Pet = { $ref }));
    await expect(found).rejects.toMatchObject({ code: "unreadable_document" });
    await expect(found).rejects.toThrow(message);
  });
});

test("the gate refuses a parameter without a name", async () => {
  const found = idsOf((document) => (document.paths["/100%"].get.parameters = [{ in: "query" }]));
  await expect(found).rejects.toMatchObject({ code: "unreadable_document" });
  await expect(found).rejects.toThrow(/json:\d+:\d+: .*needs a `name`/);
});

test("a change that is rated none is not in the plan", () => {
  const change = { id: "a", where: "b", what: "c", why: "d", source: "wire" } as const;
  const compared = { base: "base", revision: "revision" };
  const found = [
    { ...change, bump: "none" },
    { ...change, bump: "patch" },
  ] as const;
  expect(createReleasePlan(compared, found, [])).toMatchObject({
    bump: "patch",
    changes: [{ bump: "patch" }],
  });
});
