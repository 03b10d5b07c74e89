import { asyncProperty, check } from "fast-check";
import { caseId, writeCase } from "../plan/case-writer.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { PlanInput } from "../plan/plan-input.ts";
import { isCollection } from "../plan/plan-input.ts";
import type { Property } from "../plan/random-properties.ts";
import { propertiesOf } from "../plan/random-properties.ts";
import type { CaseResult } from "../report/report.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { outcomeOf, resultOf, sendPatiently, unjudgeableOutcome } from "./run-case.ts";
import type { Judgement } from "./runner.ts";
import type { RunState } from "./run-state.ts";

/** How many values a property is tried with. What reads the parts of a request is mostly the same for a resource and its list. */
function maxValues(input: PlanInput): number {
  return isCollection(input) ? 6 : 40;
}

/** Runs each property with its share of the requests that are left; a failing value is shrunk to the smallest that fails. */
export async function randomResults(
  state: RunState,
  { input }: OperationPlan,
  maxRequests: number,
): Promise<readonly CaseResult[]> {
  const properties = propertiesOf(input).filter(({ name }) =>
    state.runner.selection.isCaseSent(caseId(input, "random", name)),
  );
  const before = state.sender.requests;
  const results: CaseResult[] = [];
  for (const [index, property] of properties.entries()) {
    const left = maxRequests - (state.sender.requests - before);
    // Of paths there are the most to try.
    const shares = property.family === "path" ? 2 : properties.length - index;
    const remaining = Math.floor(left / shares);
    results.push(await runProperty(state, input, property, Math.min(maxValues(input), remaining)));
  }
  return results;
}

async function runProperty(
  state: RunState,
  input: PlanInput,
  property: Property,
  share: number,
): Promise<CaseResult> {
  const { runner, sender } = state;
  const summary = caseOf(input, property, "");
  if (share < 1) {
    const reason = "no requests are left for random values";
    return resultOf(summary, { outcome: "skipped", reason });
  }
  const before = sender.requests;
  const seen = await tryValues(state, input, property, share);
  const requests = sender.requests - before;
  if (seen.worst !== undefined) runner.keep(seen.worst);
  const shown = seen.worst ?? seen.repeated;
  if (shown !== undefined) return resultOf(summary, { ...outcomeOf(shown), requests });
  const reason = seen.problem ?? (seen.isJudged ? undefined : "no value was sent");
  return reason === undefined
    ? resultOf(summary, { outcome: "passed", requests })
    : resultOf(summary, { outcome: "not judged", reason, requests });
}

/** What the values of a property have shown. */
interface Seen {
  /** The smallest value's judgement, with what the planned cases have not shown. */
  worst?: Judgement;
  /** A judgement with only what the planned cases have shown. */
  repeated?: Judgement;
  /** Why a value could not be judged. */
  problem?: string | undefined;
  isJudged: boolean;
}

async function tryValues(
  { runner, sender, run }: RunState,
  input: PlanInput,
  property: Property,
  share: number,
): Promise<Seen> {
  const seen: Seen = { isJudged: false };
  const before = sender.requests;
  const holds = asyncProperty(property.values, async (value) => {
    // The rest of the budget is for shrinking; beyond it every value passes, so that shrinking ends.
    if (sender.requests - before >= share * 2) return true;
    const contractCase = caseOf(input, property, value);
    if (typeof contractCase.request === "function") return true;
    const { operation } = input;
    const exchange = await sendPatiently(
      runner,
      sender,
      operation,
      contractCase,
      contractCase.request,
    );
    const unjudgeable = unjudgeableOutcome(exchange, contractCase);
    seen.problem ??= unjudgeable?.reason;
    if (unjudgeable !== undefined) return true;
    const judgement = await runner.judge(operation, contractCase, exchange, "plan");
    // What the planned cases have shown is not new, and would hide what is.
    const news = judgement.found.filter(
      (one) => !runner.violations.has(one.check, one.operationId, one.finding),
    );
    seen.isJudged = true;
    seen.problem ??= judgement.problem;
    if (judgement.found.length > news.length) seen.repeated = judgement;
    if (news.length > 0) seen.worst = { ...judgement, found: news };
    else runner.keep({ ...judgement, found: [] });
    return news.length === 0;
  });
  await check(holds, { seed: run.seed, numRuns: share });
  return seen;
}

function caseOf(input: PlanInput, property: Property, value: string): ContractCase {
  const { name, purpose, family, draft } = property;
  const written = writeCase(input, family, { name, purpose, ...draft(value) });
  return { ...written, id: caseId(input, "random", name) };
}

/** Runs one property by its name, with at most thirty values. */
export async function runNamedProperty(
  state: RunState,
  { input }: OperationPlan,
  name: string,
): Promise<CaseResult> {
  const property = propertiesOf(input).find((one) => one.name === name);
  if (property === undefined) throw new RangeError(`Unknown property "${name}".`);
  return runProperty(state, input, property, 30);
}
