import type { FaultCase } from "./cases.ts";
import { pathExample } from "./cases.ts";

/** Faults of the document itself. */
export const documentFaults: readonly FaultCase[] = [
  {
    what: "no jsonSchemaDialect",
    edits: [{ replace: /jsonSchemaDialect: .*\n/, by: "" }],
    ruleId: "sync-log/document-dialect",
    at: "openapi: 3.1.1",
    message: /jsonSchemaDialect must be https:.*2020-12/,
  },
  {
    what: "another jsonSchemaDialect",
    edits: [{ replace: "draft/2020-12/schema", by: "draft/2019-09/schema" }],
    ruleId: "sync-log/document-dialect",
    at: "https://json-schema.org/draft/2019-09/schema",
    message: /jsonSchemaDialect must be/,
  },
  {
    what: "a $ref to another file",
    edits: [
      { file: "other.yaml", by: "type: string\ndescription: A text.\n" },
      {
        replace: pathExample,
        by: pathExample.replace("#/components/schemas/WorkspaceId", "other.yaml"),
      },
    ],
    ruleId: "sync-log/references",
    at: '"other.yaml"',
    message: /"other\.yaml" leads to nothing in the document/,
  },
  ...(
    [
      ["a schema", "#/components/schemas/WorkspaceId", "#/components/schemas/Nobody"],
      ["a % that encodes nothing", "#/components/schemas/WorkspaceId", "#/components/schemas/100%"],
      ["a response, by %2F", "#/components/responses/NotFound", "#/components/responses%2FNobody"],
      ["a header of the network", "#/components/responses/NotFound", "http://127.0.0.1:9/a.yaml"],
      ["the prototype", "#/components/responses/NotFound", "#/components/responses/constructor"],
    ] as const
  ).map(([what, replace, by]): FaultCase => ({
    what: `a $ref to nothing: ${what}`,
    edits: [{ replace, by }],
    ruleId: "sync-log/references",
    at: `"${by}"`,
    message: /leads to nothing in the document|begins no encoded character/,
  })),
  {
    what: "references in a circle, at which Redocly throws",
    edits: [
      {
        replace: "\n    NotFound:\n",
        by: `
    Round: { $ref: "#/components/responses/Again" }
    Again: { $ref: "#/components/responses/Round" }
    NotFound:
`,
      },
    ],
    ruleId: "sync-log/references",
    at: '"#/components/responses/Again"',
    message: /leads in a circle/,
  },
  {
    what: "an operation with no tag in its list",
    edits: [{ replace: "      tags: [Sync logs]\n", by: "      tags: []\n" }],
    ruleId: "sync-log/operation-has-tag",
    at: "operationId: getSyncLog",
    message: /no tag/,
  },
  {
    what: "a path parameter that is not required",
    edits: [
      {
        replace:
          "          required: true\n          description: Unique identifier of the workspace.",
        by: "          required: false\n          description: Unique identifier of the workspace.",
      },
    ],
    ruleId: "sync-log/operation-is-sound",
    at: "false",
    message: /write `required: true`/,
  },
  {
    what: "a range of statuses in lower case",
    edits: [{ replace: '        "5XX":', by: '        "5xx":' }],
    ruleId: "sync-log/operation-is-sound",
    at: "$ref",
    message: /"5xx" is no status/,
  },
];
