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
  const { schemas } = JSON.parse(text).components;

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

  test("has the fields and known values of the types", () => {
    const types = read("../src/generated/types.ts");
    const [, body = ""] = /^export interface SyncLog \{\n([^]*?)^\}/mu.exec(types) ?? [];
    const fields = [...body.matchAll(/^ {2}(\w+)(\??): /gmu)];
    const names = fields.map(([, name]) => name);
    const always = fields.flatMap(([, name, optional]) => (optional === "?" ? [] : [name]));
    expect(names).toEqual(Object.keys(schemas.SyncLog.properties));
    expect(new Set(always)).toEqual(new Set(schemas.SyncLog.required));
    const [, known = ""] =
      /^export type SyncLogStatus = (.*) \| \(string & \{\}\);$/mu.exec(types) ?? [];
    expect(known).toBe(
      schemas.SyncLogStatus.enum.map((value: string) => JSON.stringify(value)).join(" | "),
    );
  });

  test("has the values, operations and rules that are exported", () => {
    expect(schema.syncLogStatusValues).toEqual(schemas.SyncLogStatus.enum);
    expect(schema.syncLogTypeValues).toEqual(schemas.SyncLogType.enum);
    const { initial, order, terminal } = schemas.SyncLog["x-lifecycle"];
    expect(schema.syncLogLifecycle).toMatchObject({ initial, order });
    expect(schema.syncLogLifecycle.terminal).toEqual(terminal);
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
