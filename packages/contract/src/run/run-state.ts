import type { PreparedRun } from "./prepare-run.ts";
import { Sender } from "./sender.ts";
import { Runner } from "./runner.ts";

/** A run in progress. */
export interface RunState {
  readonly run: PreparedRun;
  readonly runner: Runner;
  readonly sender: Sender;
}

/** Cases that are not planned one by one. */
const unplannedCases = ["random/path", "random/query", "random/header", "random/key", "watch/1"];

/** The parts of a run that live as long as it does. */
export function startRun(run: PreparedRun): RunState {
  const { options, specification, provider, secrets, keys } = run;
  const planned = run.plans.flatMap((plan) => plan.cases.map((one) => one.id));
  const caseIds = [...planned, ...unplannedCases];
  return {
    run,
    runner: new Runner({ specification, provider, secrets, keys, options, caseIds }),
    sender: new Sender(provider, options),
  };
}

/** How many requests a run has sent that count. */
export function requestsSpent({ sender }: RunState): number {
  return sender.requests - sender.confirming;
}

/** How many more requests of an operation a run may send, after what it has spent since `before`. */
export function requestsLeft(state: RunState, before: number): number {
  return (state.run.options.maxRequests ?? 400) - (requestsSpent(state) - before);
}
