import { fitBeforeDeadline, nextIntervalMs } from "./next-interval.ts";

/** What {@link planPoll} needs to know of a wait. All moments are of one clock. */
export interface PollPlanInput {
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  /** How long the rest is thought to take, in milliseconds; null while unknown. */
  readonly etaMs: number | null;
  /** How long the sync log has not changed, in milliseconds. */
  readonly unchangedForMs: number;
  /** How many polls in a row have failed by what may pass. */
  readonly failuresInARow: number;
  /** How long a poll takes, in milliseconds. */
  readonly pollDurationMs: number;
  /** Before this moment the server wants no poll; in the past where it does not say. */
  readonly floorAtMs: number;
  readonly random: () => number;
}

/** The last poll begins at least so long before the end of a wait, and so much earlier than its answer is needed. */
const [minLeadMs, maxSpareMs] = [50, 1000] as const;
/** What is added by chance to the server's wish, so that those it told the same do not come back together. */
const floorJitter = 0.15;

/**
 * When to poll next; `Infinity` when there is no time left for another poll, undefined when the
 * server wants none before the wait ends.
 */
export function planPoll(input: PollPlanInput): number | undefined {
  const { nowMs, startedAtMs, endsAtMs, minIntervalMs, maxIntervalMs, floorAtMs, random } = input;
  const { pollDurationMs, failuresInARow, etaMs, unchangedForMs } = input;
  const neededMs = pollDurationMs + Math.min(pollDurationMs, maxSpareMs);
  const leadMs = Math.min((endsAtMs - startedAtMs) / 4, Math.max(minLeadMs, neededMs));
  const lastPollAtMs = endsAtMs - leadMs;
  if (floorAtMs > nowMs && floorAtMs > lastPollAtMs) return undefined;
  const intervalMs = nextIntervalMs({
    elapsedMs: nowMs - startedAtMs,
    etaMs,
    unchangedForMs,
    slowdown: 2 ** Math.max(0, failuresInARow - 1),
    minIntervalMs,
    maxIntervalMs,
    random: random(),
  });
  // Without a millisecond between them, polls that take no time would leave time for nothing else.
  const wishedAtMs = nowMs + Math.max(1, intervalMs);
  const window = { nowMs, lastPollAtMs, minIntervalMs, maxIntervalMs };
  const pollAtMs = fitBeforeDeadline(wishedAtMs, window);
  if (floorAtMs <= pollAtMs) return pollAtMs;
  const laterMs = random() * floorJitter * (floorAtMs - nowMs);
  return Math.min(lastPollAtMs, floorAtMs + laterMs);
}
