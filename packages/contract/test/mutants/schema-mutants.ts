import type { Mutant } from "./mutant.ts";
import { mutantsOf, fields, onStatus, documentWith } from "./mutant.ts";

/** Bodies that are not what their schema says. */
export const schemaMutants: readonly Mutant[] = mutantsOf([
  ["missing-id", "leaves out id", "schema/required", fields({ id: undefined })],
  ["missing-status", "leaves out status", "schema/required", fields({ status: undefined })],
  [
    "missing-created-at",
    "leaves out createdAt",
    "schema/required",
    fields({ createdAt: undefined }),
  ],
  ["null-type", "has null for type", "schema/type", fields({ type: null })],
  ["null-updated-at", "has null for updatedAt", "schema/type", fields({ updatedAt: null })],
  ["count-as-text", "writes a count as a text", "schema/type", fields({ recordsIngested: "1800" })],
  [
    "count-with-fraction",
    "writes a count with a fraction",
    "schema/type",
    fields({ recordsIngested: 1799.5 }),
  ],
  [
    "time-as-number",
    "writes a time as milliseconds",
    "schema/type",
    fields({ createdAt: 1772352000000 }),
  ],
  [
    "boolean-message",
    "writes false for no error message",
    "schema/type",
    fields({ errorMessage: false }),
  ],
  [
    "metadata-as-list",
    "writes the metadata as a list",
    "schema/type",
    fields({ preparationMetadata: [["contacts", 1000]] }),
  ],
  [
    "metadata-count-as-text",
    "writes a count of the metadata as a text",
    "schema/type",
    fields({ preparationMetadata: { contacts: "1000" } }),
  ],
  ["list-body", "wraps the log in a list", "schema/type", { log: (log) => [log] }],
  ["null-body", "sends null", "schema/type", { log: () => null }],
  ["enveloped", "wraps the log in an object", "schema/required", { log: (log) => ({ data: log }) }],
  [
    "snake-case",
    "writes the names in snake case",
    "schema/required",
    {
      log: (log) =>
        Object.fromEntries(
          Object.entries(log).map(([name, value]) => [
            name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
            value,
          ]),
        ),
    },
  ],
  [
    "unknown-status",
    "has a status that is not documented",
    "schema/enum",
    fields({ status: "succeeded" }),
  ],
  [
    "upper-case-status",
    "writes the status in upper case",
    "schema/enum",
    fields({ status: "COMPLETED" }),
  ],
  [
    "unknown-type",
    "has a type that is not documented",
    "schema/enum",
    fields({ type: "partial_sync" }),
  ],
  ["negative-count", "has a negative count", "schema/minimum", fields({ recordsIngested: -1 })],
  [
    "negative-metadata-count",
    "has a negative count in the metadata",
    "schema/minimum",
    fields({ preparationMetadata: { contacts: -1 } }),
  ],
  [
    "negative-total",
    "has a negative total",
    "schema/minimum",
    fields({ totalRecordsToIngest: -1, recordsIngested: null }),
  ],
  [
    "time-without-offset",
    "writes a time without an offset",
    "schema/format",
    fields({ startedAt: "2026-03-01T08:00:05.000" }),
  ],
  [
    "time-with-blank",
    "writes a blank for the T of a time",
    "schema/format",
    fields({ startedAt: "2026-03-01 08:00:05Z" }),
  ],
  [
    "offset-without-colon",
    "writes an offset without a colon",
    "schema/format",
    fields({ startedAt: "2026-03-01T08:00:05+0000" }),
  ],
  ["date-only", "writes a date for a time", "schema/format", fields({ minDate: "2026-03-01" })],
  [
    "impossible-date",
    "has February 30",
    "schema/format",
    fields({ minDate: "2026-02-30T00:00:00Z" }),
  ],
  ["empty-time", "writes an empty text for no time", "schema/format", fields({ minDate: "" })],
  [
    "malformed-correlation",
    "writes the correlation id as a UUID",
    "schema/pattern",
    fields({ correlationId: "4fd0b6c2-a4d1-e0f8-a2b9-c3d4e5f60718" }),
  ],
  [
    "upper-case-correlation",
    "writes the correlation id in upper case",
    "schema/pattern",
    fields({ correlationId: "4FD0B6C2A4D1E0F8A2B9C3D4E5F60718" }),
  ],
  [
    "bare-pipeline-id",
    "leaves out the prefix of an id",
    "schema/pattern",
    fields({ ingestionPipelineId: "1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f11" }),
  ],
  [
    "numeric-graph-id",
    "has a number in place of an id",
    "schema/type",
    fields({ knowledgeGraphId: 42 }),
  ],
  [
    "error-without-message",
    "leaves out the message of a 404",
    "schema/required",
    onStatus(404, () => ({ body: { statusCode: 404, error: "Not Found" } })),
  ],
  [
    "error-message-object",
    "writes the message of a 400 as an object",
    "schema/oneOf",
    onStatus(400, () => ({ body: { statusCode: 400, message: { id: "is not valid" } } })),
    { shownBy: ["path"] },
  ],
  [
    "error-status-as-text",
    "writes the status of a 401 as a text",
    "schema/type",
    onStatus(401, () => ({ body: { statusCode: "401", message: "Unauthorized" } })),
    { shownBy: ["auth"] },
  ],
  [
    "extra-field",
    "has a field that is not documented",
    "schema/undocumented-property",
    fields({ internalNotes: "customer complained" }),
    { isStrict: true },
  ],
  [
    "status-code-above-599",
    "names a status in the body of a 404 that does not exist",
    "schema/maximum",
    onStatus(404, () => ({ body: { statusCode: 600, message: "Not Found" } })),
  ],
  [
    "extra-field-in-closed-schema",
    "has a field that the schema excludes",
    "schema/additionalProperties",
    fields({ internalNotes: "customer complained" }),
    { document: documentWith('"x-lifecycle":', '"additionalProperties":false,"x-lifecycle":') },
  ],
  [
    "field-that-must-not-be",
    "has a field that must not occur with another",
    "schema/other",
    fields({ internalNotes: "customer complained" }),
    {
      document: documentWith(
        '"x-lifecycle":',
        '"dependentSchemas":{"internalNotes":false},"x-lifecycle":',
      ),
    },
  ],
]);
