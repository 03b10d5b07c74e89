import { availableParallelism } from "node:os";
import { readFileSync } from "node:fs";
import type { Bump } from "../release-plan.ts";
import { greatestBump } from "../release-plan.ts";
import type { Change } from "../release-plan.ts";
import { findChanges } from "../plan/plan-documents.ts";
import type { BenchmarkCase } from "./benchmark-case.ts";
import { isWithinCheck } from "./is-within-check.ts";

/** One case with the rating of the gate. */
export interface ScoredCase {
  readonly benchmarkCase: BenchmarkCase;
  /** The bump of the pair as a whole, as `release:plan` prints it. */
  readonly bump: Bump;
  /** The bump of what the test of oasdiff looks at. */
  readonly bumpWithinCheck: Bump;
}

/** Rates every case, each pair of documents once, as many at a time as there are processors. */
export async function scoreCases(cases: readonly BenchmarkCase[]): Promise<readonly ScoredCase[]> {
  const plans = new Map<string, Promise<readonly Change[]>>();
  const limit = createLimit(availableParallelism());
  const changesOf = ({ baseFile, revisionFile }: BenchmarkCase): Promise<readonly Change[]> => {
    const key = `${readFileSync(baseFile, "utf8")}\0${readFileSync(revisionFile, "utf8")}`;
    const known = plans.get(key);
    if (known) return known;
    const found = limit(async () => (await findChanges(baseFile, revisionFile)).changes);
    plans.set(key, found);
    return found;
  };
  return Promise.all(
    cases.map(async (benchmarkCase) => {
      const changes = await changesOf(benchmarkCase);
      const { checkedIds } = benchmarkCase;
      const within = changes.filter((change) => isWithinCheck(change, checkedIds));
      return {
        benchmarkCase,
        bump: greatestBump(changes),
        bumpWithinCheck: greatestBump(within),
      };
    }),
  );
}

function createLimit(slots: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = slots;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
