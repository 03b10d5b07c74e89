/** The most that fell into any span of that length. */
export function mostWithin(momentsMs: readonly number[], spanMs: number): number {
  let from = 0;
  let most = 0;
  for (const [to, atMs] of momentsMs.entries()) {
    while (atMs - (momentsMs[from] ?? atMs) >= spanMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
