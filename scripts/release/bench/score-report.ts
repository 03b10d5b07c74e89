import { disagreementReasons } from "./disagreement-reasons.ts";
import type { DisagreementReason } from "./disagreement-reasons.ts";
import type { ScoredCase } from "./score-cases.ts";

/** How the gate's ratings compare with oasdiff's. */
export interface ScoreReport {
  /** Cases rated ERR, without those in which a client's view is another, or a later oasdiff's. */
  readonly breaking: Share;
  /** Cases rated INFO or not at all, without those again. */
  readonly harmless: Share;
  /** The same with every case counted. */
  readonly all: { readonly breaking: Share; readonly harmless: Share };
  readonly disagreements: readonly Disagreement[];
}

/** How many of some cases are rated major. */
export interface Share {
  readonly total: number;
  readonly ratedMajor: number;
}

export interface Disagreement {
  readonly scored: ScoredCase;
  /** Undefined if none is written down yet, which fails the test. */
  readonly reason: DisagreementReason | undefined;
}

export function createScoreReport(scored: readonly ScoredCase[]): ScoreReport {
  const breaking = scored.filter(({ benchmarkCase }) => benchmarkCase.verdict === "ERR");
  const harmless = scored.filter(
    ({ benchmarkCase: { verdict } }) => verdict === "INFO" || verdict === "none-at-threshold",
  );
  const missed = breaking.filter((one) => !isMajor(one));
  const exaggerated = harmless.filter(isRatedMajor);
  const disagreements = [...missed, ...exaggerated];
  const isExcused = (one: ScoredCase): boolean => {
    const kind = reasonOf(one)?.kind;
    return disagreements.includes(one) && (kind === "client" || kind === "later");
  };
  return {
    breaking: shareOf(
      isMajor,
      breaking.filter((one) => !isExcused(one)),
    ),
    harmless: shareOf(
      isRatedMajor,
      harmless.filter((one) => !isExcused(one)),
    ),
    all: { breaking: shareOf(isMajor, breaking), harmless: shareOf(isRatedMajor, harmless) },
    disagreements: disagreements
      .toSorted((a, b) => a.benchmarkCase.id.localeCompare(b.benchmarkCase.id))
      .map((one) => ({ scored: one, reason: reasonOf(one) })),
  };
}

function shareOf(isCounted: (one: ScoredCase) => boolean, cases: readonly ScoredCase[]): Share {
  return { total: cases.length, ratedMajor: cases.filter(isCounted).length };
}

function isMajor({ bump }: ScoredCase): boolean {
  return bump === "major";
}

/** A case about one check is judged by what that check looks at: its pair may break something else besides. */
function isRatedMajor({ bumpWithinCheck }: ScoredCase): boolean {
  return bumpWithinCheck === "major";
}

function reasonOf({ benchmarkCase: { id } }: ScoredCase): DisagreementReason | undefined {
  return disagreementReasons[id.slice(0, 3)];
}

/** The report as the page that is committed. */
export function formatScoreReport(report: ScoreReport): string {
  const { breaking, harmless, all, disagreements } = report;
  const rows = disagreements.map(({ scored: { benchmarkCase, bump, bumpWithinCheck }, reason }) => {
    const ours = benchmarkCase.verdict === "ERR" ? bump : bumpWithinCheck;
    return `| ${benchmarkCase.id} | ${benchmarkCase.verdict} | ${ours} | ${reason?.kind ?? "?"} | ${reason?.reason ?? "not explained yet"} |`;
  });
  return `<!-- Written by \`pnpm --filter scripts run release:score --write\`. Do not edit. -->

# How the release gate rates the cases of oasdiff's test suite

| oasdiff says | cases | we say major | share |
| --- | --- | --- | --- |
| ERR, where the client's view agrees | ${breaking.total} | ${breaking.ratedMajor} | ${percent(breaking)} |
| ERR, all of them | ${all.breaking.total} | ${all.breaking.ratedMajor} | ${percent(all.breaking)} |
| INFO or nothing, where the client's view agrees | ${harmless.total} | ${harmless.ratedMajor} | ${percent(harmless)} |
| INFO or nothing, all of them | ${all.harmless.total} | ${all.harmless.ratedMajor} | ${percent(all.harmless)} |

An ERR case counts by the bump of the pair as a whole, an INFO case by the changes that its test looks at: many pairs
break something else besides.

## Every disagreement

\`client\`: the two look at different things, and a client's view is the other one. \`later\`: later versions of oasdiff
rate it as we do. \`ours\`: oasdiff's rating would serve a client as well or better.

| case | oasdiff | ours | kind | reason |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function percent({
  total,
  ratedMajor,
}: {
  readonly total: number;
  readonly ratedMajor: number;
}): string {
  return `${((100 * ratedMajor) / total).toFixed(1)} %`;
}
