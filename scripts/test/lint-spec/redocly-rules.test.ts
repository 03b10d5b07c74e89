import { describe, expect, it, vi } from "vitest";
import { redoclyRuleIds } from "../../lint-spec/lint-spec.ts";
import type { Edit } from "./lint-copy.ts";
import { lintCopy } from "./lint-copy.ts";

const parameters = "      parameters:\n";
const afterId = "          example: sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad\n";
const components = "\ncomponents:\n";

/** Another operation, which is right but for what `more` says. */
function operation(path: string, more = "", method = "get", id = "getOther"): Edit {
  const by = `
  ${path}:
    ${method}:
      operationId: ${id}
      tags: [Sync logs]
      summary: Get something else
${more}      responses:
        "204":
          description: Nothing.
        "401":
          $ref: "#/components/responses/Unauthorized"
components:
`;
  return { replace: components, by };
}

/** A schema that nothing refers to. */
function schema(text: string): Edit {
  return { replace: "  schemas:\n", by: `  schemas:\n    Other:\n${text}` };
}

const faults: Readonly<Record<string, readonly Edit[]>> = {
  "info-license": [{ replace: /\n {2}license:\n.*\n.*/, by: "" }],
  "no-ambiguous-paths": [operation("/workspaces/all/{kind}/{id}")],
  "no-duplicated-enum-values": [
    { replace: "enum: [full_sync,", by: "enum: [full_sync, full_sync," },
  ],
  "no-duplicated-tag-names": [
    { replace: "tags:\n", by: "tags:\n  - name: Sync logs\n    description: Again.\n" },
  ],
  "no-empty-servers": [{ replace: /servers:\n.*\n.*\n/, by: "" }],
  "no-enum-type-mismatch": [{ replace: "enum: [full_sync,", by: "enum: [5, full_sync," }],
  "no-example-value-and-externalValue": [
    {
      replace: "externalValue: examples/pending.json",
      by: "externalValue: examples/pending.json\n                  value: {}",
    },
  ],
  "no-identical-paths": [operation("/workspaces/{workspace}/sync-logs/{syncLog}")],
  "no-illogical-composition-keywords": [
    {
      replace: /oneOf:\n {12}- type: string\n(?: {12}.*\n|  {13}.*\n)+?(?= {10}x-)/,
      by: "oneOf: []\n",
    },
  ],
  "no-mixed-number-range-constraints": [
    {
      replace: "          minimum: 400\n",
      by: "          minimum: 400\n          exclusiveMinimum: 399\n",
    },
  ],
  "no-path-trailing-slash": [operation("/other/")],
  "no-required-schema-properties-undefined": [
    { replace: "required: [statusCode, message]", by: "required: [statusCode, message, code]" },
  ],
  "no-schema-type-mismatch": [
    schema(
      "      type: array\n      description: A list.\n      items: { type: string }\n      properties:\n        a: { type: string }\n",
    ),
  ],
  "no-server-trailing-slash": [
    { replace: "https://api.qontext.ai", by: "https://api.qontext.ai/" },
  ],
  "no-undefined-server-variable": [
    { replace: "https://api.qontext.ai", by: "https://{host}.qontext.ai" },
  ],
  "no-unused-components": [schema("      type: string\n      description: A text.\n")],
  "operation-2xx-response": [{ replace: '        "200":\n', by: '        "302":\n' }],
  "operation-4xx-response": [
    {
      ...operation("/other"),
      by: operation("/other").by.replace(/ {8}"401":\n.*\n/, ""),
    },
  ],
  "operation-operationId": [{ replace: "      operationId: getSyncLog\n", by: "" }],
  "operation-operationId-unique": [operation("/other", "", "get", "getSyncLog")],
  "operation-operationId-url-safe": [operation("/other", "", "get", "get other")],
  "operation-parameters-unique": [
    {
      replace: afterId,
      by: `${afterId}        - { name: id, in: path, required: true, description: Again., schema: { type: string } }\n`,
    },
  ],
  "operation-summary": [{ replace: "      summary: Get sync log by ID\n", by: "" }],
  "operation-tag-defined": [{ replace: "      tags: [Sync logs]\n", by: "" }],
  "parameter-description": [
    { replace: "          description: Unique identifier of the workspace.\n", by: "" },
  ],
  "path-declaration-must-exist": [operation("/other/{}")],
  "path-not-include-query": [operation("/other?all=true")],
  "path-parameters-defined": [operation("/other/{otherId}")],
  "security-defined": [{ replace: "security:\n  - apiKey: []", by: "security:\n  - bearer: []" }],
  "spec-components-invalid-map-name": [
    { replace: "    WorkspaceId:\n", by: "    Workspace Id:\n" },
    { replace: /schemas\/WorkspaceId/g, by: "schemas/Workspace%20Id" },
  ],
  struct: [{ replace: parameters, by: `      parameterz: []\n${parameters}` }],
  "tag-description": [{ replace: /\n {4}description: One sync log records.*/, by: "" }],
};

vi.setConfig({ testTimeout: 60_000 });

describe("a copy of the spec with one fault that Redocly finds", () => {
  it.each(Object.entries(faults))("%s", async (ruleId, edits) => {
    const { exitCode, problems } = await lintCopy(...edits);
    expect(exitCode).toBe(1);
    expect(problems.map((problem) => problem.ruleId)).toContain(ruleId);
  });

  it("there is one for every rule of Redocly that is switched on", () => {
    expect(Object.keys(faults).toSorted()).toEqual([...redoclyRuleIds].toSorted());
  });

  it("a tag that is not declared is a fault, too", async () => {
    const { problems } = await lintCopy({ replace: "tags: [Sync logs]", by: "tags: [Others]" });
    expect(problems).toMatchObject([{ ruleId: "operation-tag-defined" }]);
  });
});
