const counts = new Intl.NumberFormat("en-US");
const shortCounts = new Intl.NumberFormat("en-US", {
  notation: "compact",
  maximumSignificantDigits: 3,
});
const rates = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** `1,800`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1,800`, or where that is longer than `width`, `1.8K`. */
function shortCount(count: number, width: number): string {
  const whole = formatCount(count);
  return whole.length <= width ? whole : shortCounts.format(count);
}

/** `12.3/s`. */
export function formatRate(perSecond: number): string {
  return `${rates.format(perSecond)}/s`;
}

/**
 * `450/1,800`, `450`, or nothing while no count is known.
 *
 * @param width - Where counts must be shortened to fit into it: `12.3M/98.8M`.
 */
export function formatRecords(
  ingested: number | null | undefined,
  total: number | null | undefined,
  width: number = Infinity,
): string {
  const count = typeof ingested === "number" ? ingested : null;
  const half = (width - 1) / 2;
  if (typeof total === "number") {
    const whole = `${formatCount(count ?? 0)}/${formatCount(total)}`;
    return whole.length <= width
      ? whole
      : `${shortCount(count ?? 0, half)}/${shortCount(total, half)}`;
  }
  return count === null ? "" : shortCount(count, width);
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

const ages = [
  ["y", 365 * 86_400],
  ["w", 7 * 86_400],
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** `4s`, `20m`, `2h`, `12d`, `30w`, `5y`: one unit, in three characters. */
export function formatAge(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const [unit, size] = ages.find(([, length]) => seconds >= length) ?? (["s", 1] as const);
  return `${Math.floor(seconds / size)}${unit}`;
}
