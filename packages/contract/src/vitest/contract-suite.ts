import { afterAll, beforeAll, describe, test } from "vitest";
import type { VerifyOptions } from "../face.ts";
import { toRunOptions } from "../face.ts";
import type { Course } from "../run/course.ts";
import { startCourse } from "../run/course.ts";
import type { OperationPlan } from "../run/prepare-run.ts";
import { prepareRun } from "../run/prepare-run.ts";
import { readListed } from "../run/read-listed.ts";
import type { CaseResult } from "../report/report.ts";
import { propertiesOf } from "../plan/random-properties.ts";
import { runNamedProperty } from "../run/random-cases.ts";
import { runPlanned } from "../run/run-series.ts";
import type { RunState } from "../run/run-state.ts";
import { startRun } from "../run/run-state.ts";
import { watchTargets } from "../run/watch-targets.ts";
import { violationLines } from "../report/terminal-report.ts";
import { redactAll } from "../report/redact.ts";

/** How a suite finds its provider, and how it is verified. */
export interface ContractSuiteOptions extends Omit<VerifyOptions, "baseUrl" | "only" | "skip"> {
  /**
   * Starts the provider before the first test, or names one that runs.
   *
   * @returns its URL, and how to stop it after the last test.
   */
  readonly start: () =>
    | Promise<{ readonly url: string; readonly close?: () => Promise<unknown> }>
    | { readonly url: string; readonly close?: () => Promise<unknown> };
}

/**
 * Makes one test for each case of the plan, named after it, and one for each property with random values. A case that could not
 * be judged fails its test.
 *
 * @throws CouldNotJudgeError while the tests are collected, if the options or the spec cannot be used.
 */
export function contractSuite(name: string, { start, ...options }: ContractSuiteOptions): void {
  // The plan does not depend on where the provider is, which is not known before it is started.
  const planned = prepareRun(toRunOptions({ ...options, baseUrl: "http://127.0.0.1" }));
  describe(name, () => {
    let provider: Awaited<ReturnType<ContractSuiteOptions["start"]>> | undefined;
    let state: RunState | undefined;
    const running = (): RunState => {
      if (state === undefined) throw new Error("The provider was not started.");
      return state;
    };
    beforeAll(async () => {
      provider = await start();
      state = startRun(prepareRun(toRunOptions({ ...options, baseUrl: provider.url })));
    });
    afterAll(async () => {
      await provider?.close?.();
    });
    for (const [planIndex, plan] of planned.plans.entries()) {
      for (const [caseIndex, { id, purpose }] of plan.cases.entries()) {
        test(`${id}: ${purpose}`, async (context) => {
          const { runner, sender, run } = running();
          const own = run.plans[planIndex];
          const contractCase = own?.cases[caseIndex];
          if (own === undefined || contractCase === undefined)
            throw new Error(`The plan no longer has ${id}.`);
          if (caseIndex > 0) await readFirst(running(), own);
          const { result } = await runPlanned(runner, sender, own.input.operation, contractCase);
          if (result.outcome === "skipped") context.skip(result.reason);
          expectPassed(running(), result);
        });
      }
      for (const { name: property } of propertiesOf(plan.input)) {
        test(`random/${property}`, async () => {
          const own = running().run.plans[planIndex];
          if (own !== undefined)
            expectPassed(running(), await runNamedProperty(running(), own, property));
        });
      }
    }
    const together = async (
      send: (run: RunState, courses: readonly Course[]) => Promise<void>,
    ): Promise<void> => {
      const { plans } = running().run;
      for (const plan of plans) await readFirst(running(), plan);
      const courses = plans.map(startCourse);
      await send(running(), courses);
      for (const one of courses.flatMap(({ results }) => results)) expectPassed(running(), one);
    };
    if (planned.plans.length > 1)
      test("read: what is listed is served by its id", () =>
        together((run, courses) => readListed(run, courses, "read")));
    if ((options.watchSeconds ?? 0) > 0) {
      const timeout = (options.watchSeconds ?? 0) * 1000 + 30_000;
      test("watch: the rules over time hold", { timeout }, () => together(watchTargets));
    }
  });
}

/** What is compared with the owner's first reading needs it, also where it runs alone. */
async function readFirst(
  { runner, sender }: RunState,
  { input, cases: [known] }: OperationPlan,
): Promise<void> {
  if (known !== undefined && runner.history.latest(known.id) === undefined)
    await runPlanned(runner, sender, input.operation, known);
}

function expectPassed({ runner, run }: RunState, result: CaseResult): void {
  const own = runner.violations
    .list()
    .filter((violation) => violation.severity === "error" && violation.cases.includes(result.id));
  const lines = own.flatMap((violation) => violationLines(redactAll(violation, run.secrets)));
  const text = [
    ...lines,
    ...(result.outcome === "not judged"
      ? [`could not be judged: ${result.reason ?? "unknown"}`]
      : []),
  ].join("\n");
  if (text !== "") throw new Error(`\n${text}`);
}
