import { describe, expect, test } from "vitest";
import {
  documentWith,
  documentWithSchemas,
  getOperation,
  importModule,
  planDocument,
  textOf,
  warningsOf,
} from "./support/plan-document.ts";

const letters = { type: "string", enum: ["a", "b"] };

async function valueNames(document: Record<string, unknown>): Promise<readonly string[]> {
  const text = textOf(await planDocument(document), "index.ts");
  return [...text.matchAll(/^export const (\S+)Values/gm)].map(([, name = ""]) => name);
}

/** A path with parameters of its own, and two operations with theirs. */
function withParameters(
  shared: readonly object[],
  own: readonly object[],
): ReturnType<typeof documentWith> {
  const operation = (operationId: string) => ({ operationId, parameters: own, responses: {} });
  return documentWith({
    paths: { "/a": { parameters: shared, get: operation("list"), head: operation("count") } },
  });
}

describe("the enums of a document", () => {
  test("have their values, and a guard that knows them", async () => {
    const plan = await planDocument(documentWithSchemas({ "sync-log_status": letters }));
    const { syncLogStatusValues, isKnownSyncLogStatus } = await importModule(plan, "index.ts");
    expect(syncLogStatusValues).toEqual(["a", "b"]);
    if (typeof isKnownSyncLogStatus !== "function") throw new TypeError("there is no guard");
    const others = ["c", "", null, undefined, 1, {}, ["a"], "constructor"];
    expect(["a", "b"].every((value) => isKnownSyncLogStatus(value) === true)).toBe(true);
    expect(others.every((value) => isKnownSyncLogStatus(value) === false)).toBe(true);
    expect(textOf(plan, "index.ts")).toContain("export type KnownSyncLogStatus = ");
  });

  test("are named after the place where they are, if they have no name", async () => {
    const document = documentWith({
      paths: getOperation(
        "listThings",
        { type: "array", items: { type: "object", properties: { mode: letters } } },
        { parameters: [{ name: "sort-by", in: "query", schema: letters }] },
      ),
      components: {
        schemas: {
          Thing: {
            type: "object",
            properties: {
              kind: letters,
              tags: { type: "array", items: { ...letters, enum: ["x"] } },
              properties: { type: "object", properties: { enum: letters } },
            },
            additionalProperties: { oneOf: [{ type: "string", enum: ["y"] }] },
          },
        },
      },
    });
    expect(await valueNames(document)).toEqual([
      "listThings200ItemMode",
      "listThingsSortBy",
      "thingKind",
      "thingTagsItem",
      "thingPropertiesEnum",
      "thingValue",
    ]);
  });

  test("of a path's parameter are those of each operation there", async () => {
    const sort = [{ name: "sort", in: "query", schema: letters }];
    expect(await valueNames(withParameters(sort, []))).toEqual(
      await valueNames(withParameters([], sort)),
    );
  });

  test("are one if they have the same name and values, else they are numbered", async () => {
    const members = [letters, letters, { type: "string", enum: ["c"] }];
    expect(await valueNames(documentWithSchemas({ Thing: { oneOf: members } }))).toEqual([
      "thing",
      "thing2",
    ]);
  });

  test("leave null out of the values, and say which values are no scalars", async () => {
    const plan = await planDocument(
      documentWithSchemas({ Mixed: { enum: [1, "1", true, null, { a: 1 }] } }),
    );
    const { mixedValues } = await importModule(plan, "index.ts");
    expect(mixedValues).toEqual([1, "1", true]);
    expect(warningsOf(plan)).toEqual(["enum-value #/components/schemas/Mixed"]);
  });
});
