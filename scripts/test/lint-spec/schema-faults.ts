import type { FaultCase } from "./cases.ts";
import { pathExample, statusValues, typeProperty } from "./cases.ts";

/** Faults of the schemas, and of what is said about them. */
export const schemaFaults: readonly FaultCase[] = [
  {
    what: "a property without description",
    edits: [{ replace: "          description: When the sync operation started.\n", by: "" }],
    ruleId: "sync-log/property-is-described",
    at: "type: [string",
    message: /"startedAt" has no description/,
  },
  {
    what: "a property with a blank description",
    edits: [{ replace: "description: When the sync operation started.", by: 'description: " "' }],
    ruleId: "sync-log/property-is-described",
    at: "type: [string",
    message: /"startedAt" has no description/,
  },
  {
    what: "a property without example",
    edits: [{ replace: "          examples: [Failed to connect to data source]\n", by: "" }],
    ruleId: "sync-log/property-is-described",
    at: "type: [string",
    message: /"errorMessage" has no example/,
  },
  {
    what: "a property within a property without both",
    edits: [
      {
        replace: "          additionalProperties: true\n",
        by: "          additionalProperties: true\n          properties:\n            inner:\n              type: string\n",
      },
    ],
    ruleId: "sync-log/property-is-described",
    at: "type: string",
    message: /"inner" has no description/,
    also: ["sync-log/has-provenance"],
  },
  {
    what: "a property that does not say where it comes from",
    edits: [
      { replace: "          x-assumption: Absent or null until the sync has started.\n", by: "" },
    ],
    ruleId: "sync-log/has-provenance",
    at: "type: [string",
    message: /the property "startedAt" does not say where it comes from/,
  },
  {
    what: "an enum that does not say where it comes from",
    edits: [{ replace: /(\[full_sync\]\n) {6}x-provenance: documented\n/, by: "[full_sync]\n" }],
    ruleId: "sync-log/has-provenance",
    at: "[full_sync, live_sync",
    message: /the enum does not say where it comes from/,
  },
  {
    what: "a value of an enum that is not described, where others are",
    edits: [{ replace: /\n {8}pending: The sync was created.*/, by: "" }],
    ruleId: "sync-log/enum-is-described",
    at: "preparing: The sync",
    message: /x-enumDescriptions leaves out "pending"/,
  },
  {
    what: "a description of a value that the enum lacks",
    edits: [
      {
        replace: "        pending: The sync was created",
        by: "        paused: It waits.\n        pending: The sync was created",
      },
    ],
    ruleId: "sync-log/enum-is-described",
    at: "It waits.",
    message: /describes what the enum lacks: "paused"/,
  },
  {
    what: "a pattern that does not say where it comes from",
    edits: [{ replace: /\n {6}x-assumption: .*prefix `ws_`.*/, by: "" }],
    ruleId: "sync-log/has-provenance",
    at: "^ws_",
    message: /the pattern does not say where it comes from/,
  },
  {
    what: "a pattern within a parameter",
    edits: [
      {
        replace: pathExample,
        by: pathExample.replace(
          '$ref: "#/components/schemas/WorkspaceId"',
          "{ type: string, pattern: ^ws_ }",
        ),
      },
    ],
    ruleId: "sync-log/has-provenance",
    at: "^ws_",
    message: /the pattern does not say/,
  },
  {
    what: "an invariant that does not say where it comes from",
    edits: [{ replace: /\n {14}x-assumption: .*gets the sync log with this id\./, by: "" }],
    ruleId: "sync-log/has-provenance",
    at: "id: id-matches-path",
    message: /the invariant does not say/,
  },
  {
    what: "a lifecycle that does not say where it comes from",
    edits: [{ replace: /(nothing-done\n) {8}x-assumption: .*\n/, by: "nothing-done\n" }],
    ruleId: "sync-log/has-provenance",
    at: "property: status",
    message: /the lifecycle does not say/,
  },
  {
    what: "an unknown format",
    edits: [{ replace: "format: date-time", by: "format: date-tiem" }],
    ruleId: "sync-log/schema-compiles",
    at: "type: [string",
    message: /the format date-tiem is not checked/,
    also: ["sync-log/example-fits-schema"],
  },
  {
    what: "an invalid regular expression",
    edits: [{ replace: "^[0-9a-f]{32}$", by: '"^[0-9a-f{32}$"' }],
    ruleId: "sync-log/schema-compiles",
    at: "type: [string",
    message: /is not an ECMAScript regular expression/,
    also: ["sync-log/example-fits-schema"],
  },
  {
    what: "a key that is not needed for anything",
    edits: [{ replace: "security:\n  - apiKey: []\n", by: "security: []\n" }],
    ruleId: "sync-log/error-is-reachable",
    at: '$ref: "#/components/responses/Unauthorized"',
    message: /401 cannot happen/,
    also: ["no-unused-components"],
  },
  {
    what: "no 401 for an operation that needs a key",
    edits: [
      { replace: /\n {8}"401":\n.*/g, by: "" },
      { replace: /\n {4}Unauthorized:[^]*?(?=\n {4}NotFound:)/, by: "" },
      { file: "examples/unauthorized.json", by: '{"statusCode":401,"message":"-"}' },
    ],
    ruleId: "sync-log/error-is-reachable",
    at: "operationId: getSyncLog",
    message: /does not document 401/,
    also: ["sync-log/example-file-is-used"],
  },
  {
    what: "404 of an operation that takes nothing",
    edits: [
      {
        replace: "\ncomponents:\n",
        by: `
  /health:
    get:
      operationId: getHealth
      tags: [Sync logs]
      summary: Get health
      responses:
        "204":
          description: It is well.
        "401":
          $ref: "#/components/responses/Unauthorized"
        "404":
          $ref: "#/components/responses/NotFound"
components:
`,
      },
    ],
    ruleId: "sync-log/error-is-reachable",
    at: '$ref: "#/components/responses/NotFound"',
    message: /404 cannot happen/,
  },
  {
    what: "a lifecycle that leaves out a status",
    edits: [{ replace: "          stopped: cancelled\n", by: "" }],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "property: status",
    message: /leaves out statuses of "status": stopped/,
    also: ["sync-log/example-obeys-invariants"],
  },
  {
    what: "a status that the lifecycle does not know yet",
    edits: [
      { replace: statusValues, by: statusValues.replace("skipped]", "skipped, archived]") },
      {
        replace: "                documentation:\n",
        by: "                archived:\n                  externalValue: examples/archived.json\n                documentation:\n",
      },
      { file: "examples/archived.json", by: archived() },
      { replace: "        pending: The", by: "        archived: It is.\n        pending: The" },
    ],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "property: status",
    message: /leaves out statuses of "status": archived/,
  },
  {
    what: "a lifecycle with a status that the enum lacks",
    edits: [
      {
        replace: "          skipped: nothing-done\n",
        by: "          skipped: nothing-done\n          lost: failure\n",
      },
    ],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "property: status",
    message: /names what the enum of "status" lacks: lost/,
  },
  {
    what: "a lifecycle of a property without enum",
    edits: [{ replace: "        property: status\n", by: "        property: workflowId\n" }],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "workflowId",
    message: /"workflowId", which has no enum/,
  },
  {
    what: "a lifecycle that begins at its end",
    edits: [{ replace: "        initial: pending\n", by: "        initial: completed\n" }],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "completed",
    message: /must be one of the order, and not terminal/,
  },
  {
    what: "a lifecycle that goes on after a terminal status",
    edits: [
      {
        replace: "order: [pending, preparing, data_fetching, ingesting, completed]",
        by: "order: [pending, preparing, data_fetching, completed, ingesting]",
      },
    ],
    ruleId: "sync-log/lifecycle-fits-enum",
    at: "[pending, preparing",
    message: /"completed" is terminal, so nothing can follow it/,
    also: ["sync-log/example-obeys-invariants"],
  },
  {
    what: "a property that says nothing of its own, by a $ref to a schema without example",
    edits: [
      { replace: typeProperty, by: "          x-assumption: Always present" },
      { replace: "      examples: [full_sync]\n", by: "" },
    ],
    ruleId: "sync-log/property-is-described",
    at: '$ref: "#/components/schemas/SyncLogType"',
    message: /"type" has no example/,
  },
];

function archived(): string {
  const instant = "2021-01-01T00:00:00.000Z";
  const id = "123e4567-e89b-12d3-a456-426614174000";
  return JSON.stringify({
    id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
    ingestionPipelineId: `pipe_${id}`,
    knowledgeGraphId: `kg_${id}`,
    workspaceId: `ws_${id}`,
    type: "full_sync",
    status: "archived",
    createdAt: instant,
    updatedAt: instant,
  });
}
