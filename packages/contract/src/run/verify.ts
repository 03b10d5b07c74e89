import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { VerifyOptions } from "../face.ts";
import { toRunOptions } from "../face.ts";
import type { CaseResult, Report } from "../report/report.ts";
import { createReport } from "../report/create-report.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { prepareRun } from "./prepare-run.ts";
import { randomResults } from "./random-cases.ts";
import type { RanCase } from "./run-case.ts";
import { resultOf } from "./run-case.ts";
import { runPlanned } from "./run-series.ts";
import type { RunState } from "./run-state.ts";
import { requestsLeft, requestsSpent, startRun } from "./run-state.ts";
import { waitForProvider } from "./wait-for-provider.ts";
import { watchTargets } from "./watch-targets.ts";

/**
 * Checks a provider from the outside: sends the planned requests, then random ones, and judges every response.
 *
 * @returns the report. Its `verdict` is `conforms` only if every planned case was judged and nothing was violated.
 * @throws {@link CouldNotJudgeError} if there was nothing to judge: bad options, a spec that does not compile, a provider that
 *   cannot be reached, a key that is refused.
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const run = prepareRun(toRunOptions(options));
  const startedAt = new Date();
  const state = startRun(run);
  await waitForProvider(state);
  const results: CaseResult[] = [];
  const notJudged: string[] = [];
  for (const plan of run.plans) {
    const outcome = await runPlan(state, plan, results.length);
    results.push(...outcome.results);
    if (outcome.problem !== undefined) notJudged.push(outcome.problem);
  }
  return createReport({
    state,
    results,
    notJudged,
    startedAt,
    durationMs: Date.now() - startedAt.getTime(),
  });
}

interface PlanOutcome {
  readonly results: readonly CaseResult[];
  readonly problem?: string;
}

async function runPlan(
  state: RunState,
  plan: OperationPlan,
  casesBefore: number,
): Promise<PlanOutcome> {
  const { runner, sender, run } = state;
  const plannedCases = run.plans.reduce((sum, { cases }) => sum + cases.length, 0);
  const before = requestsSpent(state);
  const { operation } = plan.input;
  const known: RanCase[] = [];
  const knownCount = plan.input.targets.length;
  for (const contractCase of plan.cases.slice(0, knownCount))
    known.push(await runPlanned(runner, sender, operation, contractCase));
  const results = known.map(({ result }) => result);
  const problem = reachabilityProblem(state, plan, known);
  if (problem !== undefined) {
    // Until one resource is served, the address, the ids or the key may be wrong; a server error, or what is
    // not even HTTP, is wrong in any case.
    const isVoid = results.every(({ status = 400 }) => status >= 300 && status < 500);
    if (isVoid)
      runner.violations.drop(({ cases }) =>
        cases.every((id) => results.some((one) => one.id === id)),
      );
    const kept = isVoid ? [] : results;
    return { results: [...kept, ...skipRest(plan, kept.length, problem)], problem };
  }

  let consecutiveTimeouts = 0;
  for (const [index, contractCase] of plan.cases.entries()) {
    if (index < knownCount) continue;
    if (!runner.selection.isCaseSent(contractCase.id)) {
      results.push(resultOf(contractCase, { outcome: "skipped", reason: "by --only or --skip" }));
      continue;
    }
    if (requestsLeft(state, before) <= 0) {
      results.push(
        resultOf(contractCase, { outcome: "not judged", reason: "--max-requests was reached" }),
      );
      continue;
    }
    const { result, judgement } = await runPlanned(runner, sender, operation, contractCase);
    results.push(result);
    const cases = casesBefore + results.length;
    run.options.onProgress?.({ cases, plannedCases, requests: sender.requests });
    consecutiveTimeouts =
      judgement?.subject.exchange.failure?.kind === "timeout" ? consecutiveTimeouts + 1 : 0;
    if (consecutiveTimeouts === 3) {
      const reason = "three requests in a row timed out";
      return {
        results: [...results, ...skipRest(plan, index + 1, reason)],
        problem: `${operation.id}: ${reason}.`,
      };
    }
  }
  // Random values take what is left, and watching leaves them half.
  const share = Math.ceil(requestsLeft(state, before) / 2);
  results.push(...(await watchTargets(state, plan, share)));
  results.push(...(await randomResults(state, plan, requestsLeft(state, before))));
  return { results };
}

function skipRest(plan: OperationPlan, from: number, reason: string): readonly CaseResult[] {
  return plan.cases.slice(from).map((one) => resultOf(one, { outcome: "not judged", reason }));
}

/** Why nothing can be said about an operation, if so: what comes back must be a success once. */
function reachabilityProblem(
  { sender, run }: RunState,
  plan: OperationPlan,
  known: readonly RanCase[],
): string | undefined {
  const { operation } = plan.input;
  const statuses = known.map(({ result }) => result.status);
  if (statuses.some(isSuccessStatus)) return undefined;
  const answered = statuses.filter((status) => status !== undefined);
  if (sender.endReason !== undefined) return `${operation.id}: ${sender.endReason}.`;
  if (answered.length === 0) {
    const problem = `${noAnswerReason(known)}. Is the provider running at ${run.provider.origin}?`;
    if (run.plans.length === 1) throw new CouldNotJudgeError("unreachable", problem);
    return `${operation.id}: ${problem}`;
  }
  if (answered.every((status) => status === 401 || status === 403)) {
    return `${operation.id}: the key was refused with ${statuses.join(", ")}. Give one that may read the resource.`;
  }
  const seen = statuses.map((status) => status ?? "no response").join(", ");
  return `${operation.id}: no success was reached (${seen}). Give parameters of a resource that exists.`;
}

/** Why there was no response, in the words of what was seen first. */
function noAnswerReason([first]: readonly RanCase[]): string {
  const failure = first?.judgement?.subject.exchange.failure;
  return first?.result.reason ?? failure?.message ?? "There was no response";
}
