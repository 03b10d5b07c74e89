import type { Collection } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { VerifyOptions } from "../face.ts";
import { toRunOptions } from "../face.ts";
import { createPlan } from "../plan/create-plan.ts";
import { firstTarget, isCollection } from "../plan/plan-input.ts";
import { createReport } from "../report/create-report.ts";
import type { Report } from "../report/report.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { Course } from "./course.ts";
import { leftOf, skipRest, startCourse, within } from "./course.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { prepareRun } from "./prepare-run.ts";
import { randomResults } from "./random-cases.ts";
import type { RanCase } from "./run-case.ts";
import { resultOf } from "./run-case.ts";
import { runPlanned } from "./run-series.ts";
import { readListed } from "./read-listed.ts";
import type { RunState } from "./run-state.ts";
import { isPlanSent, startRun } from "./run-state.ts";
import { waitForProvider } from "./wait-for-provider.ts";
import { watchTargets } from "./watch-targets.ts";

/**
 * Checks a provider from the outside: sends the planned requests, then random ones, and judges every response.
 *
 * @returns the report. Its `verdict` is `conforms` only if every planned case was judged and nothing was violated.
 * @throws CouldNotJudgeError if there was nothing to judge: bad options, a spec that does not compile, a provider that
 *   cannot be reached, a key that is refused.
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const run = prepareRun(toRunOptions(options));
  const startedAt = new Date();
  const state = startRun(run);
  await waitForProvider(state);
  const all = run.plans.map(startCourse);
  const courses = all.filter((course) => {
    if (isPlanSent(state, course.plan)) return true;
    course.results.push(...skipRest(course.plan, 0, "skipped", "by --only or --skip"));
    return false;
  });
  // What exists is read first, of all operations: what one shows is compared with what another does.
  const [named, unnamed] = [false, true].map((isUnnamed) =>
    courses.filter(({ plan }) => isUnnamed === (unnamedIn(state, plan) !== undefined)),
  );
  for (const course of [...(named ?? []), ...(unnamed ?? [])]) {
    nameTarget(state, course);
    await within(state, course, () => readKnown(state, course));
  }
  requireAnswer(state, courses);
  const open = courses.filter((course) => isReached(state, course));
  for (const course of open) await within(state, course, () => runRest(state, course, all));
  const judged = open.filter(({ problem }) => problem === undefined);
  await readListed(state, judged, "read");
  await watchTargets(state, judged);
  // Random values take what is left.
  for (const course of judged) {
    const random = await within(state, course, () =>
      randomResults(state, course.plan, leftOf(state, course)),
    );
    course.results.push(...random);
  }
  return createReport({
    state,
    results: all.flatMap(({ results }) => results),
    notJudged: all.flatMap(({ problem }) => problem ?? []),
    startedAt,
    durationMs: Date.now() - startedAt.getTime(),
  });
}

/** The collection that a plan reads an item of without being told which. */
function unnamedIn(
  { run: { options, specification } }: RunState,
  { input }: OperationPlan,
): Collection | undefined {
  return specification.collections.find(
    ({ item, idParameter }) =>
      item === input.operation && [options.params?.[idParameter] ?? []].flat().length === 0,
  );
}

/** Reads an item that the list has just shown, instead of the one in the document's examples. */
function nameTarget(state: RunState, course: Course): void {
  const { input } = course.plan;
  const list = unnamedIn(state, course.plan)?.list;
  const shown = state.runner.history.allReadings().find(({ operation }) => operation === list);
  const named = shown?.records.find(({ key }) => key !== undefined)?.parameters;
  if (named === undefined) return;
  const renamed = { ...input, targets: [{ ...firstTarget(input), ...named }] };
  course.plan = { input: renamed, cases: createPlan(renamed) };
}

async function readKnown({ runner, sender }: RunState, { plan, known }: Course): Promise<void> {
  for (const contractCase of plan.cases.slice(0, plan.input.targets.length))
    known.push(await runPlanned(runner, sender, plan.input.operation, contractCase));
}

/** @throws CouldNotJudgeError `unreachable` if there was no response to anything. */
function requireAnswer({ sender, run }: RunState, courses: readonly Course[]): void {
  const known = courses.flatMap((course) => course.known);
  const isAnswered = known.some(({ result }) => result.status !== undefined);
  if (known.length === 0 || isAnswered || sender.endReason !== undefined) return;
  throw new CouldNotJudgeError("unreachable", unreachable(known, run.provider));
}

function unreachable([first]: readonly RanCase[], provider: URL): string {
  const failure = first?.judgement?.subject.exchange.failure;
  const reason = first?.result.reason ?? failure?.message ?? "There was no response";
  return `${reason}. Is the provider running at ${provider.origin}?`;
}

/** Whether an operation can be judged: what it reads must be served once. Otherwise its course is at its end. */
function isReached(state: RunState, course: Course): boolean {
  const { plan, known, results } = course;
  const own = known.map(({ result }) => result);
  course.problem = reachabilityProblem(state, course);
  if (course.problem === undefined) {
    results.push(...own);
    return true;
  }
  // Until one resource is served, the address, the ids or the key may be wrong; a server error, or what is not even HTTP, is
  // wrong in any case, and so is what another operation shows to exist.
  const isVoid =
    own.every(({ status = 400 }) => status >= 300 && status < 500) &&
    !isShownElsewhere(state, course);
  if (isVoid) {
    const ids = new Set(own.map(({ id }) => id));
    state.runner.violations.drop(({ cases }) => cases.every((id) => ids.has(id)));
  } else results.push(...own);
  results.push(...skipRest(plan, results.length, "not judged", course.problem));
  return false;
}

/** Whether what an operation did not serve was shown by the list, or by an item, that belongs to it. */
function isShownElsewhere({ runner, run }: RunState, { plan }: Course): boolean {
  const { operation, targets } = plan.input;
  const readings = runner.history.allReadings();
  return run.specification.collections.some(({ list, item, idParameter, idProperty }) => {
    const other = operation === list ? item : operation === item ? list : undefined;
    return readings
      .filter((reading) => reading.operation === other)
      .some(({ contractCase: { parameters }, listed }) =>
        targets.some((target) =>
          Object.entries(target).every(([name, value]) =>
            name === idParameter && listed !== undefined
              ? idProperty !== undefined &&
                listed.some((one) => String(Reflect.get(Object(one), idProperty)) === value)
              : parameters[name] === value,
          ),
        ),
      );
  });
}

async function runRest(state: RunState, course: Course, all: readonly Course[]): Promise<void> {
  const { runner, sender, run } = state;
  const { plan, results } = course;
  const plannedCases = run.plans.reduce((sum, { cases }) => sum + cases.length, 0);
  let consecutiveTimeouts = 0;
  for (const [index, contractCase] of plan.cases.entries()) {
    if (index < plan.input.targets.length) continue;
    if (!runner.selection.isCaseSent(contractCase.id)) {
      results.push(resultOf(contractCase, { outcome: "skipped", reason: "by --only or --skip" }));
      continue;
    }
    if (leftOf(state, course) <= 0) {
      const reason = "--max-requests was reached";
      results.push(resultOf(contractCase, { outcome: "not judged", reason }));
      continue;
    }
    const { result, judgement } = await within(state, course, () =>
      runPlanned(runner, sender, plan.input.operation, contractCase),
    );
    results.push(result);
    const cases = all.reduce((sum, one) => sum + one.results.length, 0);
    run.options.onProgress?.({ cases, plannedCases, requests: sender.requests });
    const isTimeout = judgement?.subject.exchange.failure?.kind === "timeout";
    consecutiveTimeouts = isTimeout ? consecutiveTimeouts + 1 : 0;
    if (consecutiveTimeouts < 3) continue;
    const reason = "three requests in a row timed out";
    results.push(...skipRest(plan, index + 1, "not judged", reason));
    course.problem = `${plan.input.operation.id}: ${reason}.`;
    return;
  }
}

/** Why nothing can be said about an operation, if so: what comes back must be a success once. */
function reachabilityProblem(
  { sender, run }: RunState,
  { plan, known }: Course,
): string | undefined {
  const { operation } = plan.input;
  const statuses = known.map(({ result }) => result.status);
  if (statuses.some(isSuccessStatus)) return undefined;
  const answered = statuses.filter((status) => status !== undefined);
  if (sender.endReason !== undefined) return `${operation.id}: ${sender.endReason}.`;
  if (answered.length === 0) return `${operation.id}: ${unreachable(known, run.provider)}`;
  if (answered.every((status) => status === 401 || status === 403)) {
    return `${operation.id}: the key was refused with ${statuses.join(", ")}. Give one that may read the resource.`;
  }
  const seen = statuses.map((status) => status ?? "no response").join(", ");
  const hint =
    isCollection(plan.input) && run.plans.length > 1
      ? ` If the service has no such list, say so with --skip ${operation.id}.`
      : "";
  return `${operation.id}: no success was reached (${seen}). Give parameters of a resource that exists.${hint}`;
}
