import type { Operation } from "@qontext/sync-log-document";
import type { CaseSeries, ContractCase, PlannedCase } from "../plan/contract-case.ts";
import { isSeries } from "../plan/contract-case.ts";
import type { CaseResult } from "../report/report.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import type { RanCase, SentStep } from "./run-case.ts";
import {
  outcomeOf,
  requestOf,
  resultOf,
  runCase,
  unjudgeableOutcome,
  untilNotThrottled,
} from "./run-case.ts";
import type { Judgement, Runner, SeriesJudgement } from "./runner.ts";
import type { Sender } from "./sender.ts";

/** Runs a case of a plan, whether it has one request or several. */
export function runPlanned(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  planned: PlannedCase,
): Promise<RanCase> {
  return isSeries(planned)
    ? runSeries(runner, sender, operation, planned)
    : runCase(runner, sender, operation, planned);
}

/** Sends a series, judges each response by itself and then all of them together. */
async function runSeries(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  series: CaseSeries,
): Promise<RanCase> {
  const before = sender.requests;
  const judgements: Judgement[] = [];
  const finish = (outcome: Partial<CaseResult> & Pick<CaseResult, "outcome">): RanCase => ({
    result: resultOf(series, { ...outcome, requests: sender.requests - before }),
  });
  let together = runner.judgeSeries(series, []);
  for (const [index, round] of series.rounds.entries()) {
    // What a few rounds have shown is measured in all of them.
    if (index === series.plannedRounds && together.found.length === 0) break;
    const sentBefore = sender.requests;
    // In turn, a request may depend on the response before it.
    const parts = series.manner === "in turn" ? round.map((step) => [step]) : [round];
    for (const part of parts) {
      const sent = await sendSteps(runner, sender, operation, series, part);
      if (sent.length === 0)
        return finish({ outcome: "skipped", reason: "the service keeps no connection open" });
      for (const { step, exchange } of sent) {
        const unjudgeable = unjudgeableOutcome(exchange, step);
        if (unjudgeable !== undefined) return finish(unjudgeable);
        const judgement = await runner.judge(operation, step, exchange, "plan");
        runner.keep(judgement);
        judgements.push(judgement);
      }
    }
    if (index >= series.plannedRounds) sender.confirming += sender.requests - sentBefore;
    if (index === series.plannedRounds - 1 || index === series.rounds.length - 1)
      together = runner.judgeSeries(
        series,
        judgements.map(({ subject }) => subject),
      );
  }
  runner.keepSeries(together);
  return finish(summarize(judgements, together));
}

function summarize(
  judgements: readonly Judgement[],
  together: SeriesJudgement,
): Partial<CaseResult> & Pick<CaseResult, "outcome"> {
  const [last] = judgements.slice(-1);
  if (last === undefined) return { outcome: "skipped", reason: "there is nothing to send" };
  const found = [...judgements.flatMap((one) => one.found), ...together.found];
  const problem = judgements.find((one) => one.problem !== undefined)?.problem ?? together.problem;
  const statuses = new Set(judgements.map(({ subject }) => subject.response?.status));
  const { status: _status, ...outcome } = outcomeOf({ subject: last.subject, found, problem });
  const [status] = statuses;
  return {
    ...outcome,
    durationMs: judgements.reduce((sum, { subject }) => sum + subject.exchange.durationMs, 0),
    ...(statuses.size === 1 && status !== undefined ? { status } : {}),
  };
}

/** @returns nothing if they need a connection that is kept, and none was. */
async function sendSteps(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  series: CaseSeries,
  steps: readonly ContractCase[],
): Promise<readonly SentStep[]> {
  const requests = steps.map((step) => requestOf(runner, step));
  return untilNotThrottled(runner, sender, operation, async () => {
    const exchanges = await sendTogether(sender, series, requests);
    return steps.flatMap((step, index): SentStep[] => {
      const exchange = exchanges[index];
      return exchange === undefined ? [] : [{ step, exchange }];
    });
  });
}

/** @returns nothing if no connection was kept for a second request. */
async function sendTogether(
  sender: Sender,
  { manner }: CaseSeries,
  requests: readonly WireRequest[],
): Promise<readonly Exchange[]> {
  if (manner !== "on one connection")
    return Promise.all(requests.map((request) => sender.send(request)));
  const sent = await sender.sendOnOneConnection(requests);
  return sent.some(({ isReused }) => isReused) ? sent.map(({ exchange }) => exchange) : [];
}
