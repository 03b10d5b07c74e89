import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { validateApiError, validateSyncLog } from "../src/generated/validators.ts";

const examples = fileURLToPath(new URL("../../../specs/examples", import.meta.url));

function readExample(file: string): Record<string, unknown> {
  return { ...JSON.parse(readFileSync(`${examples}/${file}`, "utf8")) };
}

const exampleFiles = readdirSync(examples).filter((file) => file.endsWith(".json"));
const isError = (file: string): boolean => "statusCode" in readExample(file);
const isList = (file: string): boolean =>
  Array.isArray(JSON.parse(readFileSync(`${examples}/${file}`, "utf8")));

/** `keyword path` of each issue. */
function issuesOf(
  validate: typeof validateSyncLog | typeof validateApiError,
  value: unknown,
): readonly string[] {
  const { issues = [] } = validate(value);
  return issues.map(({ keyword, path }) => `${keyword} ${path.map(String).join(".")}`);
}

describe("validateSyncLog", () => {
  const completed = readExample("completed.json");

  test.each(exampleFiles.filter((file) => !isError(file) && !isList(file)))("takes %s", (file) => {
    expect(issuesOf(validateSyncLog, readExample(file))).toEqual([]);
  });

  test("takes unknown properties", () => {
    expect(issuesOf(validateSyncLog, { ...completed, addedLater: { a: 1 } })).toEqual([]);
  });

  test("reports an unknown enum value so that it can be told apart", () => {
    const { issues } = validateSyncLog({ ...completed, status: "paused" });
    expect(issues).toEqual([
      {
        keyword: "enum",
        message: "must be equal to one of the allowed values",
        params: { allowedValues: expect.arrayContaining(["pending", "skipped"]) },
        path: ["status"],
      },
    ]);
  });

  test.each([
    [{ id: "sync_1" }, ["pattern id"]],
    [{ id: undefined }, ["required id"]],
    [{ id: "ws_123e4567-e89b-12d3-a456-426614174000" }, ["pattern id"]],
    [{ status: 1 }, ["type status", "enum status"]],
    [{ createdAt: "2021-02-30T00:00:00Z" }, ["format createdAt"]],
    [{ createdAt: null }, ["type createdAt"]],
    [{ completedAt: null }, []],
    [{ startedAt: "2021-01-01t00:00:00.123456+05:30" }, []],
    [{ startedAt: "2016-12-31T23:59:60Z" }, []],
    [{ startedAt: "yesterday" }, ["format startedAt"]],
    [{ recordsIngested: -1 }, ["minimum recordsIngested"]],
    [{ recordsIngested: 1.5 }, ["type recordsIngested"]],
    [{ recordsIngested: "1" }, ["type recordsIngested"]],
    [
      { preparationMetadata: { contacts: -1, deals: "2" } },
      ["minimum preparationMetadata.contacts", "type preparationMetadata.deals"],
    ],
    [{ correlationId: "ABCDEF" }, ["pattern correlationId"]],
    [{ manualSyncData: [] }, ["type manualSyncData"]],
    [{ id: 1, type: "x", createdAt: "x" }, ["type id", "enum type", "format createdAt"]],
  ])("of a completed sync log with %j says %j", (change, expected) => {
    const changed = Object.entries({ ...completed, ...change }).filter(
      ([, value]) => value !== undefined,
    );
    expect(issuesOf(validateSyncLog, Object.fromEntries(changed))).toEqual(expected);
  });

  test.each([null, undefined, "text", 1, true, []])("refuses %j", (value) => {
    expect(issuesOf(validateSyncLog, value)).toEqual(["type "]);
  });

  test("is a Standard Schema", () => {
    const { "~standard": standard } = validateSyncLog;
    expect([standard.version, standard.vendor]).toEqual([1, "qontext"]);
    expect(standard.validate(completed)).toEqual({ value: completed });
    expect(standard.validate({})).toHaveProperty("issues");
  });

  test("can be called again while nothing is left of the call before", () => {
    expect(validateSyncLog({}).issues).toHaveLength(8);
    expect(validateSyncLog(completed).issues).toBeUndefined();
    expect(validateSyncLog({}).issues).toHaveLength(8);
  });
});

describe("validateApiError", () => {
  test.each(exampleFiles.filter(isError))("takes %s", (file) => {
    expect(issuesOf(validateApiError, readExample(file))).toEqual([]);
  });

  test("takes one message or several", () => {
    expect(issuesOf(validateApiError, { statusCode: 400, message: ["a", "b"] })).toEqual([]);
    expect(issuesOf(validateApiError, { statusCode: 400, message: 1 })).toContain("oneOf message");
    expect(issuesOf(validateApiError, { statusCode: 200, message: "a" })).toEqual([
      "minimum statusCode",
    ]);
  });
});
