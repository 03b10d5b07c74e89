import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emitMethods } from "../../generate/emit/emit-methods.ts";
import { emitRequests } from "../../generate/emit/emit-requests.ts";
import { loadDocument } from "../../generate/document/load-document.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import { compileFolder, writeTexts } from "./support/compile-folder.ts";
import { documentWith, planDocument } from "./support/plan-document.ts";
import { scratchFolder } from "./support/scratch-folder.ts";

const fixture = fileURLToPath(new URL("fixtures/things.yaml", import.meta.url));

/** Stand-ins for the modules of the client; each helper shows what it was called with. */
const clientModules = [
  [
    "client/request-parts.ts",
    `export const encodePathParameter = (name: string, value: unknown): string => \`<\${name}=\${String(value)}>\`;
export const searchOf = (values: object, required?: readonly string[]): string => \`?\${JSON.stringify([values, required ?? []])}\`;
export const headersOf = (values: object, required?: readonly string[]): Record<string, string> => ({ seen: JSON.stringify([values, required ?? []]) });
export const withJson = (request: object, body: unknown): never => ({ ...request, body }) as never;
`,
  ],
  [
    "client/transport/transport.ts",
    "export interface OutgoingRequest { method: string; url: string; headers?: Record<string, string>; mayBeEmpty?: boolean }\n",
  ],
  [
    "client/request-options.ts",
    "export interface RequestOptions { readonly timeoutMs?: number }\n",
  ],
] as const;

type Requests = Readonly<Record<string, (baseUrl: string, params?: object) => unknown>>;

/** The requests of a document, compiled by the strict settings and run. */
async function runRequests(
  document: Parameters<typeof planGeneration>[0],
): Promise<{ readonly text: string; readonly errors: string; readonly requests: Requests }> {
  const plan = planGeneration(document, "Generated from a test by `pnpm generate`.");
  const text = emitRequests(plan.operations);
  const source = { ...plan, document, interfaceName: "Methods" };
  using scratch = scratchFolder();
  writeTexts(scratch.path, [
    ...clientModules,
    ...[...plan.files].map(([file, code]) => [`schema/${file}`, code] as const),
    [
      "client/generated/methods.ts",
      emitMethods({ ...source, schemaModule: "../../schema/index.ts" }),
    ],
    ["client/generated/requests.ts", text],
  ]);
  const errors = compileFolder(scratch.path);
  const file = pathToFileURL(join(scratch.path, "client/generated/requests.ts")).href;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was compiled just now
  const { requests } = (await import(file)) as { readonly requests: Requests };
  return { text, errors, requests };
}

describe("what an operation sends", () => {
  test("has its path, query, header and body parameters in their places", async () => {
    const { document } = await loadDocument(fixture, "/");
    const { errors, requests } = await runRequests(document);
    expect(errors).toBe("");
    expect(requests["deleteThing"]?.("http://a", { thingId: "1" })).toEqual({
      method: "DELETE",
      url: "http://a/things/<thingId=1>",
      mayBeEmpty: true,
    });
    expect(requests["listThings"]?.("http://a", { limit: 2, kind: "big", "X-Trace": "t" })).toEqual(
      {
        method: "GET",
        url: 'http://a/things?[{"limit":2,"kind":"big"},[]]',
        headers: { seen: '[{"X-Trace":"t"},[]]' },
      },
    );
    expect(requests["createThing"]?.("http://a", { dryRun: true, body: { name: "n" } })).toEqual({
      method: "POST",
      url: 'http://a/things?[{"dryRun":true},[]]',
      body: { name: "n" },
    });
  });

  test("may be asked for with nothing where nothing is required", async () => {
    const { document } = await loadDocument(fixture, "/");
    const { requests } = await runRequests(document);
    expect(requests["listThings"]?.("http://a")).toMatchObject({ url: "http://a/things?[{},[]]" });
  });

  test("names the parameters that are required, and keeps a path as it is written", async () => {
    const parameters = [
      { name: "thing-id", in: "path", required: true, schema: { type: "string" } },
      { name: "tag", in: "query", required: true, schema: { type: "string" } },
    ];
    const responses = { "204": { description: "" } };
    const paths = {
      "/x`$y\\z/{thing-id}": { get: { operationId: "getThing", parameters, responses } },
    };
    const { document } = await planDocument(documentWith({ paths }));
    const { errors, requests } = await runRequests(document);
    expect(errors).toBe("");
    expect(requests["getThing"]?.("http://a", { "thing-id": "1", tag: "t" })).toEqual({
      method: "GET",
      url: 'http://a/x`$y\\z/<thing-id=1>?[{"tag":"t"},["tag"]]',
      mayBeEmpty: true,
    });
  });

  test("imports only what an operation needs", async () => {
    const responses = { "204": { description: "" } };
    const paths = { "/a": { get: { operationId: "ping", responses } } };
    const { document } = await planDocument(documentWith({ paths }));
    const { text, errors, requests } = await runRequests(document);
    expect(errors).toBe("");
    expect(text).not.toContain("request-parts");
    expect(requests["ping"]?.("http://a")).toEqual({
      method: "GET",
      url: "http://a/a",
      mayBeEmpty: true,
    });
  });
});
