import { describe, expect, test } from "vitest";
import type { JsonObject } from "@qontext/sync-log-document";
import { checkDocument } from "../../generate/check-document.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { documentWith, documentWithSchemas } from "./support/plan-document.ts";

/** The rules of the warnings about a document, from which code is generated all the same. */
async function warningsAbout(document: JsonObject): Promise<readonly string[]> {
  using scratch = scratchFolder();
  const path = join(scratch.path, "openapi.json");
  writeFileSync(path, JSON.stringify(document));
  const checked = await checkDocument(path, { cwd: scratch.path });
  const plan = planGeneration(checked.document, "Generated from a test by `pnpm generate`.");
  expect(plan.files.get("types.ts")).toContain("export");
  return [...checked.warnings, ...plan.warnings].map(
    ({ ruleId, pointer }) => `${ruleId} ${pointer}`,
  );
}

function operation(members: JsonObject, responses: JsonObject = { "200": { description: "" } }) {
  return documentWith({ paths: { "/a": { get: { operationId: "a", responses, ...members } } } });
}

const at = "#/paths/~1a/get";
const example = { $ref: "#/components/examples/none" };

/** What is wrong, the document, and where the warning points. */
const faults: readonly (readonly [string, JsonObject, string])[] = [
  [
    "a keyword of OpenAPI 3.0 in 3.1",
    documentWithSchemas({ A: { type: "string", nullable: true } }),
    "keyword #/components/schemas/A/nullable",
  ],
  [
    "a keyword of an older draft",
    documentWithSchemas({ A: { type: "object", dependencies: { a: ["b"] } } }),
    "keyword #/components/schemas/A/dependencies",
  ],
  [
    "a keyword of nobody",
    documentWithSchemas({ A: { type: "string", sortable: true } }),
    "keyword #/components/schemas/A/sortable",
  ],
  [
    "a keyword of nobody in 3.0",
    documentWithSchemas({ A: { type: "string", sortable: true } }, "3.0.3"),
    "keyword #/components/schemas/A/sortable",
  ],
  [
    "the type null in 3.0",
    documentWithSchemas({ A: { anyOf: [{ type: "string" }, { type: "null" }] } }, "3.0.3"),
    "struct #/components/schemas/A/anyOf/1/type",
  ],
  [
    "an enum without values",
    documentWithSchemas({ A: { type: "string", enum: [] } }),
    "schema #/components/schemas/A",
  ],
  ["a schema that is empty", documentWithSchemas({ A: null }), "schema #/components/schemas/A"],
  ["an unknown member of an operation", operation({ auth: true }), `struct ${at}/auth`],
  ["tags that are no list", operation({ tags: "a" }), `struct ${at}/tags`],
  ["a description that is no text", operation({ description: 5 }), `struct ${at}/description`],
  [
    "a license without a name",
    documentWith({ info: { title: "T", version: "1", license: {} } }),
    "struct #/info/license",
  ],
  ["no title", documentWith({ info: { version: "1" } }), "struct #/info"],
  ["a server without a URL", documentWith({ servers: [{}] }), "struct #/servers/0"],
  ["a response without a description", operation({}, { "200": {} }), `struct ${at}/responses/200`],
  [
    "an example that is not there",
    operation(
      {},
      {
        "200": {
          description: "",
          content: { "application/json": { examples: { none: example } } },
        },
      },
    ),
    `reference_unresolved ${at}/responses/200/content/application~1json/examples/none`,
  ],
  [
    "a link that is not there",
    operation(
      {},
      { "200": { description: "", links: { next: { $ref: "#/components/links/next" } } } },
    ),
    `reference_unresolved ${at}/responses/200/links/next`,
  ],
  [
    "a path parameter of which it is not said that it is required",
    documentWith({
      paths: {
        "/{p}": {
          get: {
            operationId: "a",
            parameters: [{ name: "p", in: "path", schema: {} }],
            responses: {},
          },
        },
      },
    }),
    "path-parameter-required #/paths/~1{p}/get/parameters/0",
  ],
];

describe("a document is generated from, with a warning, in spite of", () => {
  test.each(faults)("%s", async (_what, document, warning) => {
    expect(await warningsAbout(document)).toContain(warning);
  });
});

test("a path parameter may have any name", async () => {
  const name = "a b/c:é";
  const parameters = [{ name, in: "path", required: true, schema: { type: "string" } }];
  const get = { operationId: "a", parameters, responses: { "204": { description: "" } } };
  expect(await warningsAbout(documentWith({ paths: { [`/{${name}}`]: { get } } }))).toEqual([]);
});
