import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { compileFolder, writeTexts } from "./support/compile-folder.ts";
import { documentWith, planDocument } from "./support/plan-document.ts";

/** A schema, and values on which its type and its validator have to agree; the file says more. */
interface SchemaRow {
  readonly schema: JsonObject | boolean;
  readonly goes?: "response";
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  readonly wider?: readonly { readonly why: string; readonly values: readonly unknown[] }[];
}

interface SchemaTable {
  readonly shared: JsonObject;
  readonly shared31: JsonObject;
  readonly common: readonly SchemaRow[];
  readonly only31: readonly SchemaRow[];
  readonly only30: readonly SchemaRow[];
}

const file = new URL("fixtures/schema-rows.yaml", import.meta.url);
const table: SchemaTable = parse(readFileSync(file, "utf8"));

type Validate = (value: unknown) => { readonly issues?: readonly unknown[] };

/** A document with each row as a component, sent or received by an operation. */
function documentOf(rows: readonly SchemaRow[], openapi: string): JsonObject {
  const schemas = Object.fromEntries(rows.map(({ schema }, index) => [`Row${index}`, schema]));
  const paths = rows.map(({ goes }, index) => {
    const content = {
      "application/json": { schema: { $ref: `#/components/schemas/Row${index}` } },
    };
    const ok = { "200": { description: "", ...(goes === "response" ? { content } : {}) } };
    const body = goes === "response" ? {} : { requestBody: { content } };
    return [`/${index}`, { post: { operationId: `row${index}`, responses: ok, ...body } }] as const;
  });
  const shared31 = openapi.startsWith("3.0") ? {} : table.shared31;
  const components = { schemas: { ...table.shared, ...shared31, ...schemas } };
  return documentWith({ paths: Object.fromEntries(paths), components }, openapi);
}

/** The type of a value as it is, so that no excess property is looked for. */
function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(typeOfValue).join(", ")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${typeOfValue(member)}`,
  );
  return `{ ${members.join("; ")} }`;
}

/** A line for each value: what is accepted is assignable, what is refused is not, but for what the table says. */
function consumerOf(rows: readonly SchemaRow[]): string {
  const lines = rows.flatMap(({ good, bad, wider = [] }, index) => {
    const literal = (value: unknown): string => `take<Row${index}>(${JSON.stringify(value)});`;
    return [
      ...good.map((value) => `accept<Row${index}, ${typeOfValue(value)}>(true);`),
      ...bad.map((value) => `// @ts-expect-error refused\n${literal(value)}`),
      ...wider.flatMap(({ why, values }) => values.map((one) => `${literal(one)} // ${why}`)),
    ];
  });
  const names = rows.map((_, index) => `Row${index}`).join(", ");
  return `import type { ${names} } from "./index.ts";
const accept = <Type, Value>(_: [Value] extends [Type] ? true : false): void => {};
const take = <Type>(_: Type): void => {};
${lines.join("\n")}
`;
}

describe.each([
  ["3.1.1", [...table.common, ...table.only31]],
  ["3.0.4", [...table.common, ...table.only30]],
])("in OpenAPI %s the type and the validator of a schema", (openapi, rows) => {
  test("accept and refuse the same values", async () => {
    const plan = await planDocument(documentOf(rows, openapi));
    using scratch = scratchFolder();
    writeTexts(scratch.path, [...plan.files, ["consumer.ts", consumerOf(rows)]]);
    const module: unknown = await import(pathToFileURL(join(scratch.path, "validators.ts")).href);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the module exports validators and nothing else
    const validators = module as Readonly<Record<string, Validate>>;
    const accepts = (index: number, value: unknown): boolean | undefined => {
      const result = validators[`validateRow${index}`]?.(value);
      return result && result.issues === undefined;
    };
    const wrong = rows.flatMap(({ schema, good, bad, wider = [] }, index) => [
      ...good
        .filter((value) => accepts(index, value) !== true)
        .map((value) => ["refused", schema, value]),
      ...[...bad, ...wider.flatMap(({ values }) => values)]
        .filter((value) => accepts(index, value) !== false)
        .map((value) => ["accepted", schema, value]),
    ]);
    expect(wrong.map((one) => JSON.stringify(one))).toEqual([]);
    expect(compileFolder(scratch.path)).toBe("");
  });
});

test("there are enough schemas to believe it", () => {
  expect(table.common.length + table.only31.length).toBeGreaterThan(100);
  expect(table.common.length + table.only30.length).toBeGreaterThan(70);
});
