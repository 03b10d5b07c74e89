import { parseDuration, UsageError } from "@qontext/sync-log-command-line";

/** Words for statuses, by what the lifecycle says of them. */
export const statusGroups = ["running", "ended"] as const;

/** Names with commas between them. */
export function parseNames(text: string, option: string, example: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new UsageError(`${option} expects a comma-separated list, such as ${example}.`);
  }
  return names;
}

/** A duration until now, or a date, as milliseconds since 1970. */
export function parseSince(text: string): number {
  const dateMs = /^\d{4}-\d\d-\d\d/u.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? Date.now() - parseDuration(text, "--since") : dateMs;
}
