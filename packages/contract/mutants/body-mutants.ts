import type { Mutant } from "./mutant.ts";
import { changeLog, fields, mutantsOf, onStatus } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, other } from "./world.ts";

/** Bodies that are not what the schema or an invariant says. */
export const bodyMutants: readonly Mutant[] = mutantsOf([
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
    "other-id",
    "has the id of another log",
    "invariant/id-matches-path",
    fields({ id: ids.failed }),
  ],
  [
    "other-workspace",
    "has the id of another workspace",
    "invariant/workspace-matches-path",
    fields({ workspaceId: other.workspaceId }),
  ],
  [
    "ingested-above-total",
    "has ingested more than there is",
    "invariant/ingested-within-total",
    fields({ recordsIngested: 1801 }),
  ],
  [
    "prepared-before-start",
    "was prepared before it started",
    "invariant/prepared-after-start",
    fields({ preparationCompletedAt: "2026-03-01T08:00:04.999Z" }),
  ],
  [
    "completed-before-preparation",
    "completed before it was prepared",
    "invariant/completed-after-preparation",
    fields({ completedAt: "2026-03-01T08:00:59Z" }),
  ],
  [
    "completed-before-start",
    "completed before it started",
    "invariant/completed-after-start",
    changeLog(ids.stopped, { completedAt: "2026-03-01T08:00:04Z" }),
  ],
  [
    "completed-before-start-by-offset",
    "completed before it started, as the offset shows",
    "invariant/completed-after-start",
    changeLog(ids.stopped, { completedAt: "2026-03-01T09:00:04+01:00" }),
  ],
  [
    "updated-before-creation",
    "was updated before it was created",
    "invariant/updated-after-creation",
    fields({ updatedAt: "2026-02-28T23:59:59Z" }),
  ],
  [
    "completed-without-end",
    "completed without a completedAt",
    "invariant/completed-has-completed-at",
    fields({ completedAt: null }),
  ],
  [
    "completed-without-end-field",
    "completed, and leaves completedAt out",
    "invariant/completed-has-completed-at",
    fields({ completedAt: undefined }),
  ],
  [
    "failed-without-message",
    "failed without a message",
    "invariant/failed-has-error-message",
    changeLog(ids.failed, { errorMessage: null }),
  ],
  [
    "completed-with-error",
    "completed with an error message",
    "invariant/completed-has-no-error",
    fields({ errorMessage: "Failed to connect to data source" }),
  ],
  [
    "completed-with-user-error",
    "completed with a message for the user",
    "invariant/completed-has-no-error",
    fields({ userFacingErrorMessage: "This website is not supported." }),
  ],
  [
    "running-with-end",
    "has not ended and has a completedAt",
    "invariant/running-has-no-completed-at",
    {
      log: (log) =>
        log.id === ids.live && log["status"] !== "completed"
          ? { ...log, completedAt: "2026-03-01T09:00:00Z" }
          : log,
    },
  ],

  [
    "error-status-differs",
    "names another status in the body of a 404",
    "invariant/error-status-matches",
    onStatus(404, () => ({ body: { statusCode: 400, message: "Sync log not found" } })),
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
  ],
  [
    "error-status-as-text",
    "writes the status of a 401 as a text",
    "schema/type",
    onStatus(401, () => ({ body: { statusCode: "401", message: "Unauthorized" } })),
  ],
  [
    "unauthorized-names-403",
    "names 403 in the body of a 401",
    "invariant/error-status-matches",
    onStatus(401, () => ({ body: { statusCode: 403, message: "Forbidden" } })),
  ],
  [
    "method-error-status-differs",
    "names another status in the body of a 405",
    "error/body-status-differs",
    onStatus(405, () => ({ body: errorReply(404, "Not Found").body })),
  ],
  [
    "extra-field",
    "has a field that is not documented",
    "schema/undocumented-property",
    fields({ internalNotes: "customer complained" }),
  ],
]);
