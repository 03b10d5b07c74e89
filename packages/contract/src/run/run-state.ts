import { buildRequest } from "../plan/build-request.ts";
import { caseId } from "../plan/case-writer.ts";
import { propertiesOf } from "../plan/random-properties.ts";
import type { OperationPlan, PreparedRun } from "./prepare-run.ts";
import type { RunnerOptions } from "./runner.ts";
import { Runner } from "./runner.ts";
import { Sender } from "./sender.ts";

/** A run in progress. */
export interface RunState {
  readonly run: PreparedRun;
  readonly runner: Runner;
  readonly sender: Sender;
}

/** The parts of a run that live as long as it does. */
export function startRun(run: PreparedRun): RunState {
  const { options, specification, provider, secrets, keys, plans } = run;
  const caseIds = plans.flatMap(caseIdsOf);
  const sender = new Sender(provider, options);
  const confirm: RunnerOptions["confirm"] = async ({ operation, parameters }) => {
    const own = plans.find(({ input }) => input.operation === operation) ?? plans[0];
    if (own === undefined) throw new RangeError("there is no plan to confirm");
    const exchange = await sender.send(buildRequest({ ...own.input, operation }, parameters));
    sender.confirming += 1;
    return exchange;
  };
  return {
    run,
    runner: new Runner({ specification, provider, secrets, keys, options, caseIds, confirm }),
    sender,
  };
}

/** Every case of a plan, those that are not planned one by one among them. */
function caseIdsOf({ input, cases }: OperationPlan): readonly string[] {
  return [
    ...cases.map(({ id }) => id),
    ...propertiesOf(input).map(({ name }) => caseId(input, "random", name)),
    ...input.targets.map((_target, index) => caseId(input, "watch", String(index + 1))),
  ];
}

/** Whether any case of a plan is to be sent. */
export function isPlanSent({ runner }: RunState, plan: OperationPlan): boolean {
  return caseIdsOf(plan).some((id) => runner.selection.isCaseSent(id));
}

/** How many requests a run has sent that count. */
export function requestsSpent({ sender }: RunState): number {
  return sender.requests - sender.confirming;
}
