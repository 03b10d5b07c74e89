import type { SyncLog } from "@qontext/sync-log-schema";
import { formatCount, formatDuration, formatRecords } from "../text/format-values.ts";
import { styled, styleOfStatus } from "../text/styled-line.ts";
import type { Line } from "../text/styled-line.ts";
import { progressBar, valueText } from "../text/terminal-text.ts";
import { timeOf, tookMs } from "./log-times.ts";

type Row = readonly [label: string, text: string];

/** `2021-01-01 00:00:00 UTC`; text that is not a date is returned unchanged. */
function moment(value: string): string {
  const atMs = timeOf(value);
  return atMs === null
    ? value
    : `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function duration(log: SyncLog): string {
  const durationMs = tookMs(log);
  return durationMs === null ? "" : formatDuration(durationMs);
}

function records({ recordsIngested, totalRecordsToIngest }: SyncLog): string {
  const counts = formatRecords(recordsIngested, totalRecordsToIngest);
  if (typeof totalRecordsToIngest !== "number" || totalRecordsToIngest <= 0) return counts;
  const percent = Math.min(100, ((recordsIngested ?? 0) / totalRecordsToIngest) * 100);
  return `${counts}  ${progressBar(percent, 16)}  ${Math.floor(percent)} %`;
}

function recordTypes({ preparationMetadata }: SyncLog): string {
  return Object.entries(preparationMetadata ?? {})
    .map(
      ([type, count]) =>
        `${type} ${typeof count === "number" ? formatCount(count) : valueText(count)}`,
    )
    .join(", ");
}

const text = (value: string | null | undefined): string => (typeof value === "string" ? value : "");
const date = (value: string | null | undefined): string =>
  typeof value === "string" ? moment(value) : "";

function rows(log: SyncLog): readonly Row[] {
  return [
    ["type", text(log.type)],
    ["records", records(log)],
    ["record types", recordTypes(log)],
    ["message", text(log.userFacingErrorMessage)],
    ["error", text(log.errorMessage)],
    ["created", date(log.createdAt)],
    ["started", date(log.startedAt)],
    ["prepared", date(log.preparationCompletedAt)],
    ["completed", date(log.completedAt)],
    ["took", duration(log)],
    ["updated", date(log.updatedAt)],
    ["changed since", date(log.minDate)],
    ["manual data", valueText(log.manualSyncData)],
    ["workspace", text(log.workspaceId)],
    ["pipeline", text(log.ingestionPipelineId)],
    ["graph", text(log.knowledgeGraphId)],
    ["workflow", text(log.workflowId)],
    ["run", text(log.workflowRunId)],
    ["correlation", text(log.correlationId)],
  ];
}

/** Fields of a newer service that this version does not know. */
function unknownRows(log: SyncLog, knownFields: readonly string[]): readonly Row[] {
  return Object.entries(log)
    .filter(([name, value]) => !knownFields.includes(name) && value !== null)
    .map(([name, value]): Row => [name, valueText(value)]);
}

/** A sync log as a card for people; empty fields are omitted. */
export function syncLogCard(log: SyncLog, knownFields: readonly string[]): readonly Line[] {
  const shown = [...rows(log), ...unknownRows(log, knownFields)].filter(
    ([, value]) => value !== "",
  );
  const labelWidth = Math.max(...shown.map(([label]) => label.length));
  const status = valueText(log.status);
  return [
    [styled(styleOfStatus(status), `● ${status}`), "  ", styled("bold", valueText(log.id))],
    ...shown.map(([label, value]) => ["  ", styled("dim", label.padEnd(labelWidth)), `  ${value}`]),
  ];
}
