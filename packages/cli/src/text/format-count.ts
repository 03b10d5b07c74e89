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

/** `450/1,800`, `450`, or nothing where no record is known of. */
export function formatRecords(
  ingested: number | null | undefined,
  total: number | null | undefined,
): string {
  if (typeof total === "number") return `${formatCount(ingested ?? 0)}/${formatCount(total)}`;
  return typeof ingested === "number" ? formatCount(ingested) : "";
}
