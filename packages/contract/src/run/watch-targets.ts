import { reading, writeCase } from "../plan/case-writer.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import { isCollection } from "../plan/plan-input.ts";
import type { CaseResult } from "../report/report.ts";
import type { Course } from "./course.ts";
import { leftOf, within } from "./course.ts";
import { readListed } from "./read-listed.ts";
import { resultOf, runCase } from "./run-case.ts";
import type { RunState } from "./run-state.ts";
import { isEnded } from "./subject.ts";

/** Reads after the terminal status was seen, to verify that it stays. */
const readsAfterEnd = 2;

/** Something that is polled. */
interface Watch {
  readonly course: Course;
  readonly contractCase: ContractCase;
  readonly results: CaseResult[];
  /** How many more times it is read. */
  remaining: number;
}

/**
 * Polls the resources that are not terminal, and the collections with such items, in turn, so that the rules over time have
 * something to judge; as often as half of what is left of the requests of each operation allows.
 */
export async function watchTargets(state: RunState, courses: readonly Course[]): Promise<void> {
  const { watchSeconds = 0 } = state.run.options;
  if (watchSeconds <= 0) return;
  const shares = new Map<Course, number>();
  const watches = courses.flatMap((course): readonly Watch[] => {
    const own = watchesOf(course);
    const share = Math.ceil(leftOf(state, course) / 2);
    shares.set(course, course.spent + share);
    if (share >= own.length) return own;
    const reason = "--max-requests was reached";
    const unread = own.map((one) => resultOf(one.contractCase, { outcome: "not judged", reason }));
    course.results.push(...unread);
    return [];
  });
  const intervalMs = Math.min(2000, Math.max(50, (watchSeconds * 1000) / 20));
  const endAt = performance.now() + watchSeconds * 1000;
  do {
    for (const watch of watches) {
      if (watch.remaining <= 0) continue;
      await readOnce(state, watch);
      if (isCollection(watch.course.plan.input)) await readListed(state, courses, "watch");
    }
    const active = watches.filter(({ remaining }) => remaining > 0);
    if (active.length === 0) break;
    const leftMs = Math.max(0, endAt - performance.now());
    const leftRounds = Math.min(
      ...[...shares].map(([course, share]) => {
        const own = active.filter((one) => one.course === course).length;
        return own === 0 ? Number.POSITIVE_INFINITY : (share - course.spent) / own;
      }),
    );
    const spreadMs = leftRounds < 1 ? leftMs : leftMs / leftRounds;
    await state.sender.wait(Math.min(leftMs, Math.max(intervalMs, spreadMs)));
  } while (performance.now() < endAt);
  for (const { course, contractCase, results } of watches)
    course.results.push(summarize(contractCase, results));
}

function watchesOf(course: Course): readonly Watch[] {
  const { input } = course.plan;
  return input.targets.map((parameters, index) => ({
    course,
    contractCase: writeCase(input, "watch", {
      ...reading(
        String(index + 1),
        "The rules over time hold from one reading to the next, and a terminal record does not change.",
      ),
      parameters,
    }),
    results: [],
    remaining: Number.POSITIVE_INFINITY,
  }));
}

async function readOnce(state: RunState, watch: Watch): Promise<void> {
  const { runner, sender } = state;
  const { course, contractCase } = watch;
  if (!runner.selection.isCaseSent(contractCase.id)) {
    watch.remaining = 0;
    return;
  }
  const { result, judgement } = await within(state, course, () =>
    runCase(runner, sender, course.plan.input.operation, contractCase),
  );
  watch.results.push(result);
  if (judgement !== undefined && isEnded(judgement.subject))
    watch.remaining = Math.min(watch.remaining, readsAfterEnd + 1) - 1;
  if (result.outcome === "not judged") watch.remaining = 0;
}

function summarize(contractCase: ContractCase, results: readonly CaseResult[]): CaseResult {
  if (results.length === 0)
    return resultOf(contractCase, { outcome: "skipped", reason: "by --only or --skip" });
  const worst = (["failed", "not judged", "warned"] as const).find((outcome) =>
    results.some((result) => result.outcome === outcome),
  );
  const reason = results.find((result) => result.reason !== undefined)?.reason;
  return resultOf(contractCase, {
    outcome: worst ?? "passed",
    requests: results.length,
    durationMs: results.reduce((sum, result) => sum + result.durationMs, 0),
    violated: [...new Set(results.flatMap((result) => result.violated))],
    ...(reason === undefined ? {} : { reason }),
  });
}
