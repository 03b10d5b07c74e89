import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, describe, test } from "vitest";
import { emitMethods } from "../../generate/emit/emit-methods.ts";
import { checkDocument } from "../../generate/check-document.ts";
import { formatProblem } from "../../generate/problem.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import { clientModules } from "./support/client-modules.ts";
import { compileFolder, libWithFetch, writeTexts } from "./support/compile-folder.ts";
import { documentWith, getOperation, importModule, planDocument } from "./support/plan-document.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const fixture = fileURLToPath(new URL("fixtures/things.yaml", import.meta.url));

async function generateFixture(): Promise<{
  readonly methods: string;
  readonly plan: ReturnType<typeof planGeneration>;
}> {
  const { document } = await checkDocument(fixture, { cwd: "/" });
  const plan = planGeneration(document, "Generated from a test by `pnpm generate`.");
  const methods = emitMethods({
    ...plan,
    document,
    interfaceName: "ThingMethods",
    schemaModule: "../../schema/index.ts",
    report: () => {},
  });
  return { methods, plan };
}

/** How the methods are used; each mistake must be one to the compiler. */
const consumer = `import type { ThingMethods } from "./methods.ts";
import type { Thing } from "../../schema/index.ts";

export async function use(methods: ThingMethods, signal: object): Promise<void> {
  const things: readonly Thing[] = await methods.listThings();
  await methods.listThings({ limit: 10, kind: "big", "X-Trace": "t" });
  const created: Thing | string = await methods.createThing({ dryRun: true, body: { name: "n" } });
  const nothing: undefined = await methods.deleteThing({ thingId: "t" }, { signal });
  void [things, created, nothing];
  // @ts-expect-error The path parameter is required.
  await methods.deleteThing({});
  // @ts-expect-error There is no such parameter.
  await methods.deleteThing({ thingId: "t", id: "t" });
  // @ts-expect-error The body is required.
  await methods.createThing({ dryRun: true });
  // @ts-expect-error The body has a type.
  await methods.createThing({ body: { name: 1 } });
  // @ts-expect-error Only requests carry this enum, so it is closed.
  await methods.listThings({ kind: "huge" });
  // @ts-expect-error A number is wanted.
  await methods.listThings({ limit: "10" });
}
`;

/** The methods of a document with these paths, and the warnings about their names. */
async function methodsOf(
  paths: Record<string, unknown>,
): Promise<{ readonly methods: string; readonly warnings: readonly string[] }> {
  const plan = await planDocument(documentWith({ paths }));
  const warnings: string[] = [];
  const methods = emitMethods({
    ...plan,
    interfaceName: "Methods",
    schemaModule: "./index.ts",
    report: (problem) => warnings.push(formatProblem(problem)),
  });
  return { methods, warnings };
}

describe("the interface of named methods", () => {
  test("has a method for each operation, with parameters and body in one object", async () => {
    const { methods, plan } = await generateFixture();
    using scratch = scratchFolder();
    writeTexts(scratch.path, [
      ...clientModules,
      ...[...plan.files].map(([file, text]) => [`schema/${file}`, text] as const),
      ["client/generated/methods.ts", methods],
      ["client/generated/consumer.ts", consumer],
    ]);
    expect(compileFolder(scratch.path, libWithFetch)).toBe("");
  });

  test("agrees with the table that the client makes its methods of", async () => {
    const { methods, plan } = await generateFixture();
    const { operationTable } = await importModule(plan, "index.ts");
    const names = [...methods.matchAll(/^ {2}(\w+)\(params/gm)].map(([, name]) => name);
    expect(Object.keys(operationTable ?? {})).toEqual(names);
    expect(names).toEqual(["listThings", "createThing", "deleteThing"]);
  });

  test("carries the documentation of operations and parameters", async () => {
    const { methods } = await generateFixture();
    expect(methods).toContain(`  /**
   * List things
   *
   * All things that there are.
   *
   * @param params.limit - How many at most.
   * @param options - How this request is made.
   */
  listThings(params?: ListThingsParams, options?: RequestOptions): ResponsePromise<`);
    expect(methods).toContain(`  /**
   * How many at most.
   *
   * @default 20
   */
  readonly limit?: `);
    expect(methods).toContain("   * @param params.body - The thing to be.\n");
  });

  test("tells two parameters of one name apart by their places, and keeps the names on the wire", async () => {
    const schema = { type: "string" };
    const parameters = ["query", "header", "path"].map((place) => ({
      name: "id",
      in: place,
      required: true,
      schema,
    }));
    const responses = { "204": { description: "" } };
    const { methods, warnings } = await methodsOf({
      "/things/{id}": { get: { operationId: "getThing", parameters, responses } },
    });
    expect(methods.match(/^ {2}readonly id\w*/gm)).toEqual([
      "  readonly idInQuery",
      "  readonly idInHeader",
      "  readonly id",
    ]);
    expect(methods).toContain('/${encodePathParameter("id", params?.id)}`');
    expect(methods).toContain('searchOf({ id: params?.idInQuery }, ["id"])');
    expect(methods).toContain('headersOf({ id: params?.idInHeader }, ["id"])');
    expect(warnings.join("\n")).toMatch(
      /parameter-name: getThing has more than one .*"id"; the one in the query is passed as idInQuery/,
    );
  });

  test("gives a parameter with the name of the body, or of another one's alias, a name of its own", async () => {
    const schema = { type: "string" };
    const parameters = ["body", "bodyInQuery"].map((name) => ({ name, in: "query", schema }));
    const requestBody = { content: { "application/json": { schema } } };
    const paths = getOperation("putThing", schema, { parameters, requestBody });
    const { methods } = await methodsOf(paths);
    expect(methods).toContain("{ body: params?.bodyInQuery2, bodyInQuery: params?.bodyInQuery }");
  });

  test.each([
    ["things/get", "thingsGet"],
    ["then", "thenOperation"],
    ["constructor", "constructorOperation"],
    ["__proto__", "proto"],
  ])("calls the operation %s %s, and says so", async (operationId, name) => {
    const responses = { "204": { description: "" } };
    const { methods, warnings } = await methodsOf({ "/a": { get: { operationId, responses } } });
    expect(methods).toContain(`\n  ${name}(params?:`);
    expect(warnings.join("\n")).toMatch(
      new RegExp(`method-name: .*the method is called ${name}.*#/paths/~1a/get`),
    );
  });

  test("comes from a document with a body and query parameters", () => {
    expect(readFileSync(fixture, "utf8")).toMatch(/in: query[\s\S]+requestBody:/);
  });
});
