import type { CaseOutcome, CaseResult } from "../report/report.ts";
import type { OperationPlan } from "./prepare-run.ts";
import type { RanCase } from "./run-case.ts";
import { resultOf } from "./run-case.ts";
import type { RunState } from "./run-state.ts";
import { requestsSpent } from "./run-state.ts";

/** How far the plan of one operation is. Each has a budget of its own. */
export interface Course {
  plan: OperationPlan;
  /** The first reading of each target. */
  readonly known: RanCase[];
  readonly results: CaseResult[];
  /** The ids that lists have shown. */
  readonly listed: Set<string>;
  /** How many of them were read. */
  listedCases: number;
  /** Why it ended early, as a sentence. */
  problem: string | undefined;
  /** How many requests were sent for it. */
  spent: number;
}

/** A plan of which nothing was sent. */
export function startCourse(plan: OperationPlan): Course {
  return {
    plan,
    known: [],
    results: [],
    listed: new Set(),
    listedCases: 0,
    problem: undefined,
    spent: 0,
  };
}

/** Sends something on the budget of a course. */
export async function within<Result>(
  state: RunState,
  course: Course,
  send: () => Promise<Result>,
): Promise<Result> {
  const [before, spent] = [requestsSpent(state), course.spent];
  try {
    return await send();
  } finally {
    course.spent = spent + requestsSpent(state) - before;
  }
}

/** How many more requests a course may send. */
export function leftOf({ run }: RunState, { spent }: Course): number {
  return (run.options.maxRequests ?? 400) - spent;
}

/** The cases from one on, none of which is sent. */
export function skipRest(
  { cases }: OperationPlan,
  from: number,
  outcome: CaseOutcome,
  reason: string,
): readonly CaseResult[] {
  return cases.slice(from).map((one) => resultOf(one, { outcome, reason }));
}
