import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as schema from "../src/generated/index.ts";
import { openapiDocument } from "../src/generated/openapi.ts";

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
}

describe("the document that the package carries", () => {
  const text = JSON.stringify(openapiDocument);

  test("is in one piece, with every example in it", () => {
    expect(text).not.toContain("externalValue");
    expect(text.match(/"\$ref":"[^#]/g)).toBeNull();
    const ingesting: unknown = JSON.parse(read("../../../specs/examples/ingesting.json"));
    expect(text).toContain(JSON.stringify(ingesting));
  });

  test("is the same as a module and as JSON, but for the line that says where it comes from", () => {
    const { "x-generated": origin, ...document } = JSON.parse(
      read("../src/generated/openapi.json"),
    );
    expect(document).toEqual(openapiDocument);
    expect(origin).toContain("specs/openapi.yaml");
  });

  test("has the version that is exported", () => {
    expect(openapiDocument.info.version).toBe(schema.specVersion);
    expect(schema.specSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("has the values, operations and rules that are exported", () => {
    expect(schema.syncLogStatusValues).toHaveLength(8);
    expect(Object.keys(schema.syncLogLifecycle.terminal)).toEqual([
      "completed",
      "failed",
      "stopped",
      "skipped",
    ]);
    expect(schema.operationTable.getSyncLog.security).toEqual([["apiKey"]]);
    expect(schema.securitySchemes.apiKey).toEqual({
      type: "apiKey",
      in: "header",
      name: "X-API-Key",
    });
    const ids = schema.invariants.map(({ id }) => id);
    expect(new Set(ids).size).toBeGreaterThanOrEqual(15);
    const operations = schema.invariants.flatMap(({ target }) =>
      "status" in target ? [`${target.operationId} ${target.status}`] : [],
    );
    expect(new Set(operations)).toEqual(new Set(["getSyncLog 200", "listSyncLogs 200"]));
  });
});
