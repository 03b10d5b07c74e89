import type { PollFailure } from "./poll-result.ts";

/** A sync log that is read again and again, as {@link planReads} has to know it. Its moments are of one clock, in milliseconds. */
export interface AwaitedRead {
  readonly id: string;
  /** When it is to be read; one that is due later, a list may take along. */
  readonly pollAtMs: number;
  /** When it was read last, in whatever way or without success; null where it never was. */
  readonly polledAtMs: number | null;
  /** When it was last read by itself; where it never was, when its wait began. */
  readonly readAloneAtMs: number;
  /** The shortest time between two of its reads. */
  readonly minIntervalMs: number;
  /** The last moment at which a read may begin and still end before the deadline: that one is by itself. `Infinity` without a deadline. */
  readonly lastPollAtMs: number;
  /**
   * Until when no list will do for it; null where one will. For `limits.apartMs` after a list that lacked it, or was behind
   * it; `Infinity` where a list told its end, which `getSyncLog` has to confirm.
   */
  readonly aloneUntilMs: number | null;
}

/**
 * What the reads of one workspace have taught, of all that are made with one key. It is JSON, so that processes can share it;
 * its moments are of one clock.
 */
export interface KnownReads {
  /** When the last list was asked for, whatever became of it; null where none was. In milliseconds. */
  readonly listedAtMs: number | null;
  /** How large the last list was that was answered; null while unknown. */
  readonly listBytes: number | null;
  /** How large a sync log is that is read by itself; null while unknown. */
  readonly oneBytes: number | null;
  /** How long one takes at most that is read by itself, of late, in milliseconds; null while unknown. */
  readonly oneDurationMs: number | null;
  /** No list before this moment, since the last one was refused or of no use; null where one may be tried. */
  readonly noListBeforeMs: number | null;
  /** How many lists in a row were refused or of no use. */
  readonly setbacks: number;
}

/** What nothing is known of yet. */
export const newKnownReads: KnownReads = {
  listedAtMs: null,
  listBytes: null,
  oneBytes: null,
  oneDurationMs: null,
  noListBeforeMs: null,
  setbacks: 0,
};

/** When a list takes the place of single reads. Durations are in milliseconds. */
export interface ReadLimits {
  /** What a request costs beside its body, as so many bytes: headers, and the work of the server before it looks up a log. */
  readonly requestBytes: number;
  /** No list for fewer reads than this. */
  readonly minReads: number;
  /** The most that a list may have, in bytes. */
  readonly maxListBytes: number;
  /** A list may take this long, or four times as long as a single read where that is more. Then the single reads follow. */
  readonly listTimeoutMs: number;
  /** After so long, each sync log is read by itself once: a list may come from a cache that stands still. */
  readonly recheckMs: number;
  /** For so long a sync log is read by itself after a list that lacked it, or was behind it. */
  readonly apartMs: number;
  /** How long no list is tried after one that failed or was of no use; each further one in a row doubles it. */
  readonly pauseMs: number;
  /** The same after one that was refused: the operation may not be there at all. */
  readonly refusedPauseMs: number;
  /** The longest of these pauses, unless the server asks for more. */
  readonly maxPauseMs: number;
}

/** What the client goes by. */
export const defaultReadLimits: ReadLimits = {
  requestBytes: 16_384,
  minReads: 3,
  // Some five thousand sync logs, and fifteen milliseconds to parse them.
  maxListBytes: 4 * 1024 * 1024,
  listTimeoutMs: 5000,
  recheckMs: 300_000,
  apartMs: 60_000,
  pauseMs: 60_000,
  refusedPauseMs: 600_000,
  maxPauseMs: 3_600_000,
};

/** A read to be made now. */
export type PlannedRead =
  | {
      readonly kind: "list";
      /**
       * Whom it is for: those that are due, and those that are not yet, whose next read is planned anew. Where it fails, or
       * lacks one that is due, that one is to be read by itself at once.
       */
      readonly ids: readonly string[];
      /** More than this is not worth reading. */
      readonly maxBytes: number;
      readonly timeoutMs: number;
      /** A list that is older than this, by its `Age`, is stale. */
      readonly maxAgeMs: number;
    }
  | { readonly kind: "one"; readonly id: string };

/** Of those that a list could serve, at most this part is read by itself for {@link ReadLimits.recheckMs} at a time. */
const recheckedPart = 0.1;
const slowerThanOne = 4;
const sizeSlack = 1.25;

/**
 * How to read what is due in one workspace: with one list where that costs less, else each by itself.
 *
 * A list costs its bytes and a request; the single reads that it saves cost theirs. One that is due is saved, and of one
 * that is not, the part of its pause that has passed. While the size of the list is unknown, or long past, one is tried, and
 * not read further than it is worth.
 *
 * - Where nothing is due, a list is read once it saves as much of the reads to come; and no list is sooner after another than
 *   the shortest `minIntervalMs` allows.
 * - The last read before a deadline is single, and so is that of whom no list will do for.
 * - Each is read by itself every `limits.recheckMs`, so that a list that stands still does no lasting harm.
 *
 * Pure. What is read next is planned from the moment at which the list was asked for.
 *
 * @param awaited - All that are read in the workspace with one key and in one way, or those of them that are due soon.
 */
export function planReads(
  awaited: readonly AwaitedRead[],
  known: KnownReads,
  nowMs: number,
  limits: ReadLimits = defaultReadLimits,
): readonly PlannedRead[] {
  const due = awaited.filter((one) => one.pollAtMs <= nowMs);
  const list = planList(awaited, known, nowMs, limits);
  const isListed = new Set(list?.ids);
  const alone = due.filter(({ id }) => !isListed.has(id)).map(({ id }) => readOne(id));
  return list === null ? alone : [list, ...alone];
}

function readOne(id: string): PlannedRead {
  return { kind: "one", id };
}

/** A list to be read now. */
export type PlannedList = Extract<PlannedRead, { kind: "list" }>;

/**
 * Whether a list may be worth it at all for so many reads: what can be said without a look at each of them. Where it can't
 * be, {@link planReads} gives single reads.
 */
export function mayList(
  reads: number,
  known: KnownReads,
  nowMs: number,
  limits: ReadLimits = defaultReadLimits,
): boolean {
  return (
    reads >= limits.minReads &&
    nowMs >= (known.noListBeforeMs ?? -Infinity) &&
    expectedBytes(known, nowMs, limits) <= worthOf(reads, known, limits)
  );
}

function planList(
  awaited: readonly AwaitedRead[],
  known: KnownReads,
  nowMs: number,
  limits: ReadLimits,
): PlannedList | null {
  if (!mayList(awaited.length, known, nowMs, limits)) return null;
  const timeoutMs = Math.max(limits.listTimeoutMs, slowerThanOne * (known.oneDurationMs ?? 0));
  const servable = awaited.filter(
    ({ aloneUntilMs, lastPollAtMs }) =>
      (aloneUntilMs ?? -Infinity) <= nowMs && nowMs + timeoutMs <= lastPollAtMs,
  );
  const served = withoutRechecked(servable, nowMs, limits);
  const leastGapMs = served.reduce((least, one) => Math.min(least, one.minIntervalMs), Infinity);
  if (nowMs - (known.listedAtMs ?? -Infinity) < leastGapMs) return null;
  const savedReads = served.reduce((sum, one) => sum + passedPart(one, nowMs), 0);
  if (!mayList(savedReads, known, nowMs, limits)) return null;
  const worthBytes = worthOf(savedReads, known, limits);
  return {
    kind: "list",
    ids: served.map(({ id }) => id),
    // A little more, so that one that has just become too large tells its size.
    maxBytes: Math.min(limits.maxListBytes, Math.ceil(sizeSlack * worthBytes)),
    timeoutMs,
    maxAgeMs: leastGapMs,
  };
}

/** Without those that are due and have to be read by themselves for once, the longest unread of them. */
function withoutRechecked(
  servable: readonly AwaitedRead[],
  nowMs: number,
  { recheckMs }: ReadLimits,
): readonly AwaitedRead[] {
  const overdue = servable
    .filter((one) => one.pollAtMs <= nowMs && nowMs - one.readAloneAtMs >= recheckMs)
    .toSorted((a, b) => a.readAloneAtMs - b.readAloneAtMs)
    .slice(0, Math.ceil(servable.length * recheckedPart));
  if (overdue.length === 0) return servable;
  const rechecked = new Set(overdue);
  return servable.filter((one) => !rechecked.has(one));
}

/** How much of the pause before a read has passed: what a list that comes sooner saves of it. */
function passedPart({ pollAtMs, polledAtMs }: AwaitedRead, nowMs: number): number {
  if (pollAtMs <= nowMs || polledAtMs === null) return pollAtMs <= nowMs ? 1 : 0;
  return Math.max(0, (nowMs - polledAtMs) / (pollAtMs - polledAtMs));
}

/** How large a list may be that saves so many reads, in bytes. */
function worthOf(savedReads: number, { oneBytes }: KnownReads, { requestBytes }: ReadLimits) {
  return savedReads * (requestBytes + (oneBytes ?? 0)) - requestBytes;
}

/** After a long time without one, what is known of the list is no longer held to be true. */
function expectedBytes({ listBytes, listedAtMs }: KnownReads, nowMs: number, limits: ReadLimits) {
  const isKnown = listedAtMs !== null && nowMs - listedAtMs < limits.refusedPauseMs;
  return isKnown ? (listBytes ?? 0) : 0;
}

/** What became of a list. */
export type ListOutcome =
  | {
      readonly kind: "answered";
      /** When it was asked for. */
      readonly startedAtMs: number;
      readonly bytes: number;
      /** For how many it was. */
      readonly asked: number;
      /** Of how many it had a row that is not behind what is known. */
      readonly served: number;
      /** Whether a row was behind what a read had brought that ended before the list was asked for: it stands still, or lags. */
      readonly isStale: boolean;
      /** How long the server asked to wait with it, in milliseconds; null or undefined where it did not. */
      readonly retryAfterMs?: number | null | undefined;
    }
  /** It took too long, was larger than it was worth, or told what single reads contradict. */
  | { readonly kind: "given up"; readonly startedAtMs: number }
  | { readonly kind: "failed"; readonly startedAtMs: number; readonly failure: PollFailure };

/** A list that serves fewer of those that it was for is of no use: it is cut short. */
const leastServedPart = 0.5;

/** What is known after a list. */
export function afterList(
  before: KnownReads,
  outcome: ListOutcome,
  nowMs: number,
  limits: ReadLimits = defaultReadLimits,
): KnownReads {
  const { startedAtMs: listedAtMs } = outcome;
  if (outcome.kind === "answered") {
    const known = { ...before, listedAtMs, listBytes: outcome.bytes };
    if (!outcome.isStale && outcome.served >= outcome.asked * leastServedPart) {
      const { retryAfterMs } = outcome;
      return { ...known, noListBeforeMs: retryAfterMs ? nowMs + retryAfterMs : null, setbacks: 0 };
    }
    return afterSetback(known, limits.pauseMs, 0, nowMs, limits);
  }
  const known = { ...before, listedAtMs, listBytes: null };
  if (outcome.kind === "given up") return afterSetback(known, limits.pauseMs, 0, nowMs, limits);
  const { kind, retryAfterMs } = outcome.failure;
  // A key may be changed soon.
  const isForNow = kind === "transient" || kind === "unauthorized";
  const pauseMs = isForNow ? limits.pauseMs : limits.refusedPauseMs;
  return afterSetback(known, pauseMs, retryAfterMs ?? 0, nowMs, limits);
}

function afterSetback(
  known: KnownReads,
  firstPauseMs: number,
  leastPauseMs: number,
  nowMs: number,
  { maxPauseMs }: ReadLimits,
): KnownReads {
  const setbacks = known.setbacks + 1;
  const pauseMs = Math.max(leastPauseMs, Math.min(maxPauseMs, firstPauseMs * 2 ** known.setbacks));
  return { ...known, setbacks, noListBeforeMs: nowMs + pauseMs };
}

/** What is known after a sync log was read by itself. */
export function afterOne(
  before: KnownReads,
  read: { readonly bytes: number; readonly durationMs: number },
): KnownReads {
  const oneDurationMs = longestOfLate(before.oneDurationMs ?? 0, read.durationMs);
  return { ...before, oneBytes: read.bytes, oneDurationMs };
}

const leastPatienceMs = 1000;
const patienceInOnes = 3;

/** How long those that are due wait for a list, in milliseconds: one that takes longer is slower than reads of their own. */
export function patienceMs({ oneDurationMs }: KnownReads): number {
  return Math.max(leastPatienceMs, patienceInOnes * (oneDurationMs ?? 0));
}

/** What is left of the longest duration with each further one. */
const longestLeft = 0.9;

/** How long something takes at most, of late. */
export function longestOfLate(longestMs: number, durationMs: number): number {
  return Math.max(durationMs, longestMs * longestLeft);
}
