import type { PreparedRun } from "./prepare-run.ts";
import type { Sender } from "./run-case.ts";
import { Runner } from "./runner.ts";
import type { Selection } from "./selection.ts";
import { createSelection } from "./selection.ts";

/** A run in progress. */
export interface RunState {
  readonly run: PreparedRun;
  readonly runner: Runner;
  readonly sender: Sender;
  readonly selection: Selection;
}

/** The parts of a run that live as long as it does. */
export function startRun(run: PreparedRun): RunState {
  const { options, specification, provider, secrets, keys } = run;
  const caseIds = run.plans.flatMap((plan) => plan.cases.map((one) => one.id));
  let selection: Selection | undefined;
  const runner = new Runner({
    specification,
    provider,
    secrets,
    keys,
    isStrict: options.isStrict ?? false,
    ...(options.maxLatencyMs === undefined ? {} : { maxLatencyMs: options.maxLatencyMs }),
    isReported: (checkId, caseId) => selection?.isReported(checkId, caseId) ?? true,
  });
  selection = createSelection(
    options,
    [...caseIds, ...randomFamilies(run)],
    runner.checks.map((check) => check.id),
  );
  return {
    run,
    runner,
    selection,
    sender: { provider, timeoutMs: options.timeoutMs ?? 10_000, requests: 0 },
  };
}

function randomFamilies({ plans }: PreparedRun): readonly string[] {
  return plans.length === 0
    ? []
    : ["random/path", "random/absent", "random/query", "random/header", "random/key", "watch/1"];
}

/** How many requests a run may send. */
export function maxRequestsOf({ options }: PreparedRun): number {
  return options.maxRequests ?? 250;
}
