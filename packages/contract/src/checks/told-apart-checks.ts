import { sides } from "../plan/access-cases.ts";
import { isServed } from "../run/subject.ts";
import type { Answered, Check, CheckText, Finding } from "./check.ts";
import { ofSide } from "./check.ts";
import { stableDifferences } from "./stable-differences.ts";

const why = "A caller without access learns what exists.";
const fix =
  "Answer both from the same code path: the same status, headers and texts, after the same work.";

const texts: readonly CheckText[] = [
  {
    id: "access/foreign-resource-distinguishable",
    asserts: "Another tenant's resource gets the same response as one that does not exist.",
    why,
    fix,
  },
  {
    id: "access/foreign-owner-distinguishable",
    asserts: "Another tenant gets the same response as one that does not exist.",
    why,
    fix,
  },
  {
    id: "auth/existence-revealed",
    asserts: "Without a valid key, what exists gets the same response as what does not.",
    why,
    fix: "Check the credential first, for every method and condition.",
  },
];

const distinguishable: readonly Check[] = texts.map((text) => ({
  ...text,
  judgeSeries: (series, subjects) => {
    if (series.whenToldApart !== text.id || subjects.length === 0) return undefined;
    const [exists, absent] = [ofSide(subjects, sides.exists), ofSide(subjects, sides.absent)];
    // That it is served at all says more.
    if (exists.some((subject) => isServed(subject) && series.family !== "options")) return [];
    return stableDifferences(exists, absent).map(({ part, ours, theirs }) => ({
      expected: `${part}: ${theirs}, as for what does not exist`,
      actual: `${ours}, which tells that it exists and is not the caller's`,
    }));
  },
}));

/** Below this a difference is not measured over a network. */
const minDifferenceMs = 20;

const timing: Check = {
  id: "access/timing-distinguishable",
  asserts:
    "What a caller has no access to takes no other time than what does not exist, beyond the noise of the measurement.",
  why: "A caller without access learns what exists by measuring.",
  fix,
  judgeSeries: ({ whenToldApart }, subjects) => {
    if (whenToldApart === undefined || subjects.length === 0) return undefined;
    const [exists, absent] = [timesOf(subjects, sides.exists), timesOf(subjects, sides.absent)];
    return slowerFindings(exists, absent) ?? slowerFindings(absent, exists, "absent") ?? [];
  },
};

/** The times of a side, without the first one, which may have filled a cache. */
function timesOf(subjects: readonly Answered[], side: string): readonly number[] {
  const times = ofSide(subjects, side).map(({ exchange }) => exchange.durationMs);
  return times.slice(times.length > 2 ? 1 : 0).toSorted((left, right) => left - right);
}

/**
 * Whether one side is slower than the other: nearly always, by more than both vary, and by an amount that is no noise. Compares
 * every time with every other (the statistic of Mann and Whitney), so that a few outliers do not count.
 */
function slowerFindings(
  slow: readonly number[],
  fast: readonly number[],
  slower: "exists" | "absent" = "exists",
): readonly Finding[] | undefined {
  const pairs = slow.flatMap((ours) => fast.map((theirs) => ours > theirs));
  const share = pairs.filter(Boolean).length / Math.max(1, pairs.length);
  const differenceMs = median(slow) - median(fast);
  const noiseMs = 2 * Math.max(spread(slow), spread(fast));
  if (share < 0.95 || differenceMs < minDifferenceMs || differenceMs < noiseMs) return undefined;
  const text = `${Math.round(differenceMs)} ms ${slower === "exists" ? "slower" : "faster"}`;
  return [
    {
      expected: "the same time as for what does not exist",
      actual: `${text}: medians of ${slow.length} measurements each, in turn`,
    },
  ];
}

function median(sorted: readonly number[]): number {
  return quantile(sorted, 0.5);
}

/** The range of the middle half. */
function spread(sorted: readonly number[]): number {
  return quantile(sorted, 0.75) - quantile(sorted, 0.25);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

/** Checks that compare what a caller has no access to with what does not exist. */
export const toldApartChecks: readonly Check[] = [...distinguishable, timing];
