import type { FaultCase } from "./cases.ts";

const obeys = "sync-log/example-obeys-invariants";
const failedJson = "examples/failed.json";

/** Faults of examples that fit their schemas, and break an invariant. */
export const exampleInvariantFaults: readonly FaultCase[] = [
  {
    what: "a status that breaks an invariant",
    edits: [{ file: failedJson, replace: '"recordsIngested": 450', by: '"recordsIngested": 1801' }],
    ruleId: obeys,
    file: failedJson,
    at: "{",
    message:
      /"failed" breaks the invariant "ingested-within-total": .*"self\.recordsIngested":1801/,
  },
  {
    what: "instants in the wrong order, by an offset",
    edits: [
      {
        file: failedJson,
        replace: "2021-01-01T00:01:00.000Z",
        by: "2021-01-01T01:00:04.999+01:00",
      },
    ],
    ruleId: obeys,
    file: failedJson,
    at: "{",
    message: /"prepared-after-start"/,
  },
  {
    what: "an id that no example of a request asks for",
    edits: [{ file: failedJson, replace: "sync_42a17e56", by: "sync_00a17e56" }],
    ruleId: obeys,
    file: failedJson,
    at: "{",
    message: /"id-matches-path"/,
  },
  {
    what: "an error with another status than its response",
    edits: [{ file: "examples/not-found.json", replace: "404", by: "410" }],
    ruleId: obeys,
    file: "examples/not-found.json",
    at: "{",
    message: /"error-status-matches"/,
  },
  {
    what: "an error with a status outside of its range",
    edits: [{ file: "examples/service-unavailable.json", replace: "503", by: "404" }],
    ruleId: obeys,
    file: "examples/service-unavailable.json",
    at: "{",
    message: /"error-status-matches"/,
  },
  {
    what: "a status in which less is ingested than before",
    edits: [{ file: failedJson, replace: '"recordsIngested": 450', by: '"recordsIngested": 449' }],
    ruleId: obeys,
    file: failedJson,
    at: "{",
    message: /"failed" breaks the invariant "ingested-never-falls" after "ingesting"/,
  },
  {
    what: "a status of a sync log that was created at another time",
    edits: [
      {
        file: "examples/skipped.json",
        replace: '"createdAt": "2021-01-01T00:00:00.000Z"',
        by: '"createdAt": "2021-01-01T00:00:01.000Z"',
      },
    ],
    ruleId: obeys,
    file: "examples/skipped.json",
    at: "{",
    message: /"creation-never-changes" after "ingesting"/,
  },
  {
    what: "the documentation's example where it breaks what it is not excused for",
    edits: [
      {
        file: "examples/documentation.json",
        replace: '"recordsIngested": 450',
        by: '"recordsIngested": 1801',
      },
    ],
    ruleId: obeys,
    file: "examples/documentation.json",
    at: "{",
    message: /"documentation" breaks the invariant "ingested-within-total"/,
  },
  {
    what: "the documentation's example where it no longer breaks what it is excused for",
    edits: [
      {
        file: "examples/documentation.json",
        replace: '"Failed to connect to data source"',
        by: "null",
      },
      { file: "examples/documentation.json", replace: /"This website[^"]*"/, by: "null" },
    ],
    ruleId: obeys,
    file: "examples/documentation.json",
    at: "{",
    message:
      /"documentation" does not break "completed-has-no-error"; take it out of .*example-exceptions\.ts/,
  },
  {
    what: "the documentation's example where it breaks an invariant of another id than it is excused for",
    edits: [{ replace: "id: completed-has-no-error", by: "id: completed-has-no-message" }],
    ruleId: obeys,
    file: "examples/documentation.json",
    at: "{",
    message: /"documentation" breaks the invariant "completed-has-no-message"/,
  },
  {
    what: "an example of a whole schema",
    edits: [
      {
        replace: "    ApiError:\n      type: object\n",
        by: "    ApiError:\n      type: object\n      examples: [{ statusCode: 404, message: 'No' }]\n",
      },
      {
        replace: "rule: self.statusCode == response.status",
        by: "rule: self.message != 'No'",
      },
    ],
    ruleId: obeys,
    at: "{ statusCode: 404",
    message: /the example breaks the invariant "error-status-matches"/,
  },
  {
    what: "no example of the documentation",
    edits: [
      { replace: /\n {16}documentation:[^]*?externalValue: .*/, by: "" },
      { file: "examples/documentation.json", by: "{}" },
    ],
    ruleId: obeys,
    at: "description: Sync log successfully fetched",
    message: /no example "documentation"; take it out of/,
    also: ["sync-log/example-file-is-used"],
  },
  {
    what: "another example that breaks what only the documentation's may",
    edits: [
      {
        file: "examples/completed.json",
        replace: '"errorMessage": null',
        by: '"errorMessage": "Failed"',
      },
    ],
    ruleId: obeys,
    file: "examples/completed.json",
    at: "{",
    message: /"completed" breaks the invariant "completed-has-no-error"/,
  },
  {
    what: "invariants that cannot be read",
    edits: [
      { replace: "rule: self.statusCode == response.status", by: "rule: self.statusCode ==" },
    ],
    ruleId: obeys,
    at: "openapi: 3.1.1",
    message: /cannot be judged by the invariants: .*"error-status-matches" is not a CEL expression/,
    also: ["sync-log/invariant-compiles"],
  },
];
