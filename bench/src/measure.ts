/** How much is measured: all of it for the results, less while something is being changed. */
export interface Effort {
  readonly rounds: number;
  /** How many calls each process measures, after as many that let its code be compiled. */
  readonly calls: number;
  readonly imports: number;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The entries in an order of chance, so that none always pays for the garbage of the same other. */
export function shuffled<T>(entries: readonly T[]): readonly T[] {
  return entries
    .map((entry) => ({ entry, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

/** A row of a table for each entry, as Markdown. */
export function toTable(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** "met", or by how much a goal is missed. */
export function verdict(actual: number, goal: number, atMost: boolean): string {
  const isMet = atMost ? actual <= goal : actual >= goal;
  const bound = `${atMost ? "≤" : "≥"} ${goal}`;
  return isMet ? `${bound}: met` : `${bound}: missed by ${Math.abs(actual - goal).toFixed(2)}`;
}
