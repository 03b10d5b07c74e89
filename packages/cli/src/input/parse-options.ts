import { parseDuration, UsageError } from "@qontext/sync-log-command-line";

/** Words for statuses, by what the lifecycle says of them. */
export const statusGroups = ["running", "ended"] as const;

/** The shells that there is a completion script for. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** Names with commas between them. */
export function parseNames(text: string, option: string, example: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new UsageError(`${option} expects a comma-separated list, such as ${example}.`);
  }
  return names;
}

const dateForm = /^(\d{4}-\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(.*))?$/iu;
/** So many seconds are decades: a number of that length counts from 1970. */
const sinceEpoch = /^\d{9,}$/u;

/** A date in milliseconds since 1970; a day begins in UTC, as the service writes its times. */
function parseDate(text: string): number {
  const [, month = "", day = "", time, zone = ""] = dateForm.exec(text) ?? [];
  const dayMs = Date.parse(`${month}-${day}`);
  // Date takes the 31st of February for the 3rd of March.
  if (new Date(dayMs).getUTCDate() !== Number(day)) {
    throw new UsageError(`--since ${text}: there is no such day.`);
  }
  if (time === undefined) return dayMs;
  if (zone.trim() === "") {
    throw new UsageError(
      `--since ${text} has no time zone. Add Z for UTC, or another one such as +02:00.`,
    );
  }
  return Date.parse(`${month}-${day}T${time}${zone.trim()}`);
}

/**
 * A duration until now, or a date, as milliseconds since 1970.
 *
 * @throws UsageError for anything else, and for a time of a day without its zone.
 */
export function parseSince(text: string): number {
  const trimmed = text.trim();
  const dateMs = dateForm.test(trimmed) ? parseDate(trimmed) : Number.NaN;
  if (!Number.isNaN(dateMs)) return dateMs;
  const hint = sinceEpoch.test(trimmed) ? " A number alone is in seconds until now." : "";
  try {
    if (hint === "") return Date.now() - parseDuration(trimmed, "--since");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
  throw new UsageError(
    `--since takes a duration, such as 2h or 30m, or a date, such as 2021-01-31 or 2021-01-31T12:00Z, not "${text}".${hint}`,
  );
}
