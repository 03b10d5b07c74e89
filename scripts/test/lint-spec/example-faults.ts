import type { FaultCase } from "./cases.ts";
import { pathExample } from "./cases.ts";

const fits = "sync-log/example-fits-schema";
const every = "sync-log/every-case-has-example";
const failedJson = "examples/failed.json";

/** Faults of examples. */
export const exampleFaults: readonly FaultCase[] = [
  {
    what: "a value of the wrong type in a file",
    edits: [
      {
        file: failedJson,
        replace: '"totalRecordsToIngest": 1800',
        by: '"totalRecordsToIngest": "1800"',
      },
    ],
    ruleId: fits,
    file: failedJson,
    at: '"1800"',
    message: /"failed" breaks its schema: \/totalRecordsToIngest must be integer,null/,
    also: ["sync-log/example-obeys-invariants"],
  },
  {
    what: "a format that is asserted",
    edits: [{ file: failedJson, replace: "2020-12-01T00:00:00.000Z", by: "2020-12-01" }],
    ruleId: fits,
    file: failedJson,
    at: '"2020-12-01"',
    message: /\/minDate must match format "date-time"/,
  },
  {
    what: "a date that does not exist",
    edits: [
      { file: failedJson, replace: "2020-12-01T00:00:00.000Z", by: "2020-02-30T00:00:00.000Z" },
    ],
    ruleId: fits,
    file: failedJson,
    at: '"2020-02-30',
    message: /\/minDate must match format "date-time"/,
  },
  {
    what: "a value outside the enum",
    edits: [{ file: failedJson, replace: "incremental_sync", by: "partial_sync" }],
    ruleId: fits,
    file: failedJson,
    at: '"partial_sync"',
    message: /one of the allowed values: full_sync, live_sync/,
  },
  {
    what: "a pattern",
    edits: [{ file: failedJson, replace: "pipe_123e4567", by: "PIPE_123e4567" }],
    ruleId: fits,
    file: failedJson,
    at: '"PIPE_',
    message: /\/ingestionPipelineId must match pattern/,
  },
  {
    what: "a required field that is absent",
    edits: [{ file: failedJson, replace: /.*"knowledgeGraphId".*\n/, by: "" }],
    ruleId: fits,
    file: failedJson,
    at: "{",
    message: /"failed" breaks its schema: it must have required property 'knowledgeGraphId'/,
  },
  {
    what: "a file that is not there",
    edits: [{ replace: "examples/not-found.json", by: "examples/nowhere.json" }],
    ruleId: fits,
    at: "examples/nowhere.json",
    message: /examples\/nowhere\.json cannot be read: ENOENT/,
    also: ["sync-log/example-file-is-used", every],
  },
  {
    what: "a file that is no JSON",
    edits: [{ file: "examples/not-found.json", by: '{"statusCode": 404,}' }],
    ruleId: fits,
    at: "examples/not-found.json",
    message: /cannot be read: .*JSON/,
    also: [every],
  },
  {
    what: "a file that is elsewhere",
    edits: [{ replace: "examples/not-found.json", by: "../not-found.json" }],
    ruleId: fits,
    at: "../not-found.json",
    message: /must be a relative path to a file beside the document/,
    also: ["sync-log/example-file-is-used", every],
  },
  {
    what: "a value from the network",
    edits: [{ replace: "examples/not-found.json", by: "https://example.com/not-found.json" }],
    ruleId: fits,
    at: "https://example.com",
    message: /must be a relative path/,
    also: ["sync-log/example-file-is-used", every],
  },
  {
    what: "a named example in the document",
    edits: [
      {
        replace: "              externalValue: examples/not-found.json",
        by: "              value: { statusCode: 404, message: 5 }",
      },
      { file: "examples/not-found.json", by: "{}" },
    ],
    ruleId: fits,
    at: "5",
    message: /"not-found" breaks its schema: \/message must be string/,
    also: ["sync-log/example-file-is-used"],
  },
  {
    what: "a parameter",
    edits: [
      { replace: pathExample, by: pathExample.replace("example: ws_", "example: workspace_") },
    ],
    ruleId: fits,
    at: "workspace_123e4567",
    message: /the example breaks its schema: it must match pattern/,
  },
  {
    what: "a header",
    edits: [{ replace: 'example: "30"', by: "example: 30" }],
    ruleId: fits,
    at: "30",
    message: /the example breaks its schema: it must be string/,
  },
  {
    what: "a property",
    edits: [{ replace: "examples: [1800]", by: "examples: [-1]" }],
    ruleId: fits,
    at: "-1",
    message: /the example breaks its schema: it must be >= 0/,
  },
  {
    what: "a property beside a $ref",
    edits: [
      {
        replace:
          "description: The knowledge graph this sync log relates to.\n          examples: [kg_",
        by: "description: The knowledge graph this sync log relates to.\n          examples: [graph_",
      },
    ],
    ruleId: fits,
    at: "graph_123e4567",
    message: /must match pattern/,
  },
  {
    what: "a default",
    edits: [
      { replace: "          minimum: 0\n", by: "          minimum: 0\n          default: -1\n" },
    ],
    ruleId: fits,
    at: "-1",
    message: /it must be object,null/,
  },
  {
    what: "a file that no example refers to",
    edits: [{ file: "examples/left-behind.json", by: "{}" }],
    ruleId: "sync-log/example-file-is-used",
    file: "examples/left-behind.json",
    at: "{}",
    message: /no example of the document refers to left-behind\.json/,
  },
  {
    what: "a status without example",
    edits: [
      { replace: /\n {16}skipped:\n.*\n.*skipped\.json/, by: "" },
      { file: "examples/skipped.json", by: "{}" },
    ],
    ruleId: every,
    at: "description: Sync log successfully fetched",
    message: /no example named "skipped" for the status "skipped"/,
    also: ["sync-log/example-file-is-used"],
  },
  {
    what: "an example with another status than its name",
    edits: [
      { file: "examples/stopped.json", replace: '"status": "stopped"', by: '"status": "skipped"' },
    ],
    ruleId: every,
    file: "examples/stopped.json",
    at: "{",
    message: /the example "stopped" has the status "skipped"/,
  },
  {
    what: "an error without example",
    edits: [
      { replace: /\n {10}examples:\n {12}too-many-requests:\n.*\n.*/, by: "" },
      { file: "examples/too-many-requests.json", by: "{}" },
    ],
    ruleId: every,
    at: "description: Too many requests.",
    message: /the error 429 has no named example/,
    also: ["sync-log/example-file-is-used"],
  },
];
