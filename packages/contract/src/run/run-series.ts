import type { Operation } from "@qontext/sync-log-document";
import type { CaseSeries, ContractCase, PlannedCase } from "../plan/contract-case.ts";
import { isSeries } from "../plan/contract-case.ts";
import type { CaseResult } from "../report/report.ts";
import type { Exchange } from "../wire/exchange.ts";
import { sendOnOneConnection } from "../wire/send-on-one-connection.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import type { RanCase, Sender } from "./run-case.ts";
import {
  hasWaited,
  isThrottled,
  maxResponseBytes,
  outcomeOf,
  resultOf,
  runCase,
  send,
} from "./run-case.ts";
import type { Judgement, Runner } from "./runner.ts";
import type { FoundViolation } from "./violation-collector.ts";

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

/** One request of a series, and what came back. */
interface SentStep {
  readonly step: ContractCase;
  readonly exchange: Exchange;
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
    // In turn, a request may depend on the response before it.
    const parts = series.manner === "in turn" ? round.map((step) => [step]) : [round];
    for (const part of parts) {
      const sent = await sendSteps(runner, sender, operation, series, part);
      if (typeof sent === "string") return finish({ outcome: "skipped", reason: sent });
      for (const { step, exchange } of sent) {
        if (exchange.failure?.kind === "unreachable") {
          const reason = `the provider could not be reached: ${exchange.failure.message}`;
          return finish({ outcome: "not judged", reason });
        }
        if (isThrottled(exchange, step))
          return finish({ outcome: "not judged", reason: "the provider answers 429", status: 429 });
        const judgement = await runner.judge(operation, step, exchange, "plan");
        runner.keep(judgement);
        judgements.push(judgement);
      }
    }
    if (index === series.plannedRounds - 1 || index === series.rounds.length - 1)
      together = runner.judgeSeries(
        series,
        judgements.map(({ subject }) => subject),
      );
  }
  runner.keepSeries(together);
  return finish(summarize(judgements, together.found));
}

function summarize(
  judgements: readonly Judgement[],
  together: readonly FoundViolation[],
): Partial<CaseResult> & Pick<CaseResult, "outcome"> {
  const [last] = judgements.slice(-1);
  if (last === undefined) return { outcome: "skipped", reason: "there is nothing to send" };
  const found = [...judgements.flatMap((one) => one.found), ...together];
  const statuses = new Set(judgements.map(({ subject }) => subject.response?.status));
  const { status: _status, ...outcome } = outcomeOf({ subject: last.subject, found });
  const [status] = statuses;
  return {
    ...outcome,
    durationMs: judgements.reduce((sum, { subject }) => sum + subject.exchange.durationMs, 0),
    ...(statuses.size === 1 && status !== undefined ? { status } : {}),
  };
}

/** @returns why they cannot be sent, if so. */
async function sendSteps(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  series: CaseSeries,
  steps: readonly ContractCase[],
): Promise<readonly SentStep[] | string> {
  const requests: WireRequest[] = [];
  for (const step of steps) {
    const request = madeRequest(runner, step);
    if (typeof request === "string") return request;
    requests.push(request);
  }
  for (let attempt = 0; ; attempt += 1) {
    const exchanges = await sendTogether(sender, series, requests);
    if (exchanges === undefined) return "the service keeps no connection open";
    const sent = steps.flatMap((step, index): SentStep[] => {
      const exchange = exchanges[index];
      return exchange === undefined ? [] : [{ step, exchange }];
    });
    const throttled = sent.find(({ step, exchange }) => isThrottled(exchange, step));
    if (throttled === undefined || attempt === 2) return sent;
    if (!(await hasWaited(runner, operation, throttled.step, throttled.exchange))) return sent;
  }
}

function madeRequest(runner: Runner, { request }: ContractCase): WireRequest | string {
  if (typeof request !== "function") return request;
  const made = request((caseId) => runner.history.latest(caseId)?.response);
  return "notApplicable" in made ? made.notApplicable : made;
}

/** @returns undefined if no connection was kept for a second request. */
async function sendTogether(
  sender: Sender,
  { manner }: CaseSeries,
  requests: readonly WireRequest[],
): Promise<readonly Exchange[] | undefined> {
  if (manner !== "on one connection")
    return Promise.all(requests.map((request) => send(sender, request)));
  sender.requests += requests.length;
  const { provider, timeoutMs } = sender;
  const sent = await sendOnOneConnection(provider, requests, { timeoutMs, maxResponseBytes });
  return sent.some(({ isReused }) => isReused) ? sent.map(({ exchange }) => exchange) : undefined;
}
