const counts = new Intl.NumberFormat("en-US");
const rates = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** `1,800`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `12.3/s`. */
export function formatRate(perSecond: number): string {
  return `${rates.format(perSecond)}/s`;
}

/** `450/1,800`, `450`, or nothing while no count is known. */
export function formatRecords(
  ingested: number | null | undefined,
  total: number | null | undefined,
): string {
  const count = typeof ingested === "number" ? ingested : null;
  if (typeof total === "number") return `${formatCount(count ?? 0)}/${formatCount(total)}`;
  return count === null ? "" : formatCount(count);
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}

/** `4 s`, `1 m 20 s`, `2 h 05 m`, `3 d 4 h`: two units at most. */
export function formatDuration(durationMs: number): string {
  const totalSeconds = Math.max(0, Math.round(durationMs / 1000));
  const days = Math.floor(totalSeconds / 86_400);
  const hours = Math.floor((totalSeconds % 86_400) / 3600);
  const minutes = Math.floor((totalSeconds % 3600) / 60);
  const seconds = totalSeconds % 60;
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${two(minutes)} m`;
  return minutes > 0 ? `${minutes} m ${two(seconds)} s` : `${seconds} s`;
}
