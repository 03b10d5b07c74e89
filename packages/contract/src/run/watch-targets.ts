import { reading, writeCase } from "../plan/case-writer.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { CaseResult } from "../report/report.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { resultOf, runCase } from "./run-case.ts";
import { isTerminal } from "./subject.ts";
import type { RunState } from "./run-state.ts";
import { requestsSpent } from "./run-state.ts";

/** Reads after the terminal status was seen, to verify that it stays. */
const readsAfterEnd = 2;

/**
 * Polls the resources that are not terminal, in turn, so that the rules over time have something to judge; as often as its
 * share of the requests allows.
 */
export async function watchTargets(
  state: RunState,
  plan: OperationPlan,
  maxRequests: number = Number.POSITIVE_INFINITY,
): Promise<readonly CaseResult[]> {
  const { watchSeconds = 0 } = state.run.options;
  if (watchSeconds <= 0) return [];
  const watches = plan.input.targets.map((parameters, index) => ({
    contractCase: writeCase(plan.input, "watch", {
      ...reading(
        String(index + 1),
        "The rules over time hold from one reading to the next, and a terminal record does not change.",
      ),
      parameters,
    }),
    remaining: Number.POSITIVE_INFINITY,
    results: [] as CaseResult[],
  }));
  if (maxRequests < watches.length) {
    const reason = "--max-requests was reached";
    return watches.map(({ contractCase }) =>
      resultOf(contractCase, { outcome: "not judged", reason }),
    );
  }
  const before = requestsSpent(state);
  const intervalMs = Math.min(2000, Math.max(50, (watchSeconds * 1000) / 20));
  const endAt = performance.now() + watchSeconds * 1000;
  do {
    for (const watch of watches) {
      if (watch.remaining <= 0 || !state.runner.selection.isCaseSent(watch.contractCase.id))
        continue;
      const { result, judgement } = await runCase(
        state.runner,
        state.sender,
        plan.input.operation,
        watch.contractCase,
      );
      watch.results.push(result);
      const isEnded = judgement !== undefined && isTerminal(judgement.subject);
      if (isEnded) watch.remaining = Math.min(watch.remaining, readsAfterEnd + 1) - 1;
      if (result.outcome === "not judged") watch.remaining = 0;
    }
    const active = watches.filter(({ remaining }) => remaining > 0).length;
    if (active === 0) break;
    const leftMs = Math.max(0, endAt - performance.now());
    const leftRounds = (maxRequests - (requestsSpent(state) - before)) / active;
    const spreadMs = leftRounds < 1 ? leftMs : leftMs / leftRounds;
    await state.sender.wait(Math.min(leftMs, Math.max(intervalMs, spreadMs)));
  } while (performance.now() < endAt);
  return watches.map(({ contractCase, results }) => summarize(contractCase, results));
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
