import type { Operation } from "@qontext/sync-log-document";
import type { ContractCase } from "../plan/contract-case.ts";
import type { Exchange } from "../wire/exchange.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import type { CaseResult } from "../report/report.ts";
import type { Judgement, Runner } from "./runner.ts";
import type { Sender } from "./sender.ts";

/** A request that was sent for a case, and what came back. */
export interface SentStep {
  readonly step: ContractCase;
  readonly exchange: Exchange;
}

/** A case that was run. */
export interface RanCase {
  readonly result: CaseResult;
  readonly judgement?: Judgement;
}

/** The request of a case, made of what was seen so far where it depends on that. */
export function requestOf(runner: Runner, { request }: ContractCase): WireRequest {
  return typeof request === "function"
    ? request((caseId) => runner.history.latest(caseId)?.response)
    : request;
}

/** Sends the request of a case, judges the response, and keeps the judgement. */
export async function runCase(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  contractCase: ContractCase,
): Promise<RanCase> {
  const request = requestOf(runner, contractCase);
  const before = sender.requests;
  const exchange = await sendPatiently(runner, sender, operation, contractCase, request);
  const requests = sender.requests - before;
  const unjudgeable = unjudgeableOutcome(exchange, contractCase);
  if (unjudgeable !== undefined)
    return { result: resultOf(contractCase, { ...unjudgeable, requests }) };
  const judgement = await runner.judge(operation, contractCase, exchange, "plan");
  runner.keep(judgement);
  return { result: resultOf(contractCase, { ...outcomeOf(judgement), requests }), judgement };
}

/** Sends a request until no rate limit answers. */
export async function sendPatiently(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  step: ContractCase,
  request: WireRequest,
): Promise<Exchange> {
  const [sent] = await untilNotThrottled(runner, sender, operation, async () => [
    { step, exchange: await sender.send(request) },
  ]);
  return sent.exchange;
}

const maxAttempts = 5;
const maxThrottleMs = 60_000;

/**
 * Sends again what a rate limit answered, after the time that it asks for. There is one rule for all requests: at most a minute,
 * at most five times; after a limit that this does not meet, nothing waits until something else answers.
 */
export async function untilNotThrottled<Sent extends readonly SentStep[]>(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  send: () => Promise<Sent>,
): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    const sent = await send();
    const throttled = sent.filter(({ step, exchange }) => isThrottled(exchange, step));
    for (const { step, exchange } of throttled)
      runner.keep(await runner.judge(operation, asTraffic(step), exchange, "plan"));
    if (throttled.length === 0) {
      sender.isRefused &&= sent.length === 0;
      return sent;
    }
    const waitMs = Math.max(...throttled.map(({ exchange }) => throttleMs(exchange)));
    if (attempt === maxAttempts || waitMs > maxThrottleMs) sender.isRefused = true;
    if (sender.isRefused) return sent;
    await sender.wait(waitMs);
  }
}

/** What an exchange means that says nothing about its case; undefined if it can be judged. */
export function unjudgeableOutcome(
  exchange: Exchange,
  contractCase: ContractCase,
): Outcome | undefined {
  const { failure } = exchange;
  if (failure?.kind === "stopped") return { outcome: "not judged", reason: failure.message };
  if (failure?.kind === "unreachable") {
    const reason = `the provider could not be reached: ${failure.message}`;
    return { outcome: "not judged", reason };
  }
  if (!isThrottled(exchange, contractCase)) return undefined;
  return { outcome: "not judged", reason: "the provider answers 429; give --rate", status: 429 };
}

type Outcome = Pick<CaseResult, "outcome"> & Partial<CaseResult>;

/** The outcome of a case, from its judgement. */
export function outcomeOf({
  subject,
  found,
  problem,
}: Pick<Judgement, "subject" | "found" | "problem">): Outcome {
  const unjudgeable = unjudgeableOutcome(subject.exchange, subject.contractCase);
  const reason = problem ?? unjudgeable?.reason;
  // What a case before this one has warned of is one warning, not one for each response that shows it.
  const news = found.filter((one) => one.severity === "error" || !one.isKnown);
  const violated = [...new Set(news.map((one) => one.check.id))];
  const isFailed = found.some((one) => one.severity === "error");
  const status = subject.response === undefined ? {} : { status: subject.response.status };
  const shared = { violated, durationMs: subject.exchange.durationMs, ...status };
  // A violation is certain, whatever else could not be judged.
  if (isFailed) return { outcome: "failed", ...shared };
  if (reason !== undefined) return { outcome: "not judged", reason, ...shared };
  return { outcome: violated.length > 0 ? "warned" : "passed", ...shared };
}

/** The result of a case from its outcome. */
export function resultOf(
  {
    id,
    family,
    operationId,
    purpose,
  }: Pick<ContractCase, "id" | "family" | "operationId" | "purpose">,
  outcome: Outcome,
): CaseResult {
  return { id, family, operationId, purpose, requests: 0, durationMs: 0, violated: [], ...outcome };
}

/** A case without expectations: a rate limit may send any response. */
function asTraffic({
  expect: _expect,
  comparedWith: _comparedWith,
  ...rest
}: ContractCase): ContractCase {
  return { ...rest, family: "traffic", readsAsOwner: false };
}

/** Whether a rate limit answered instead of the operation. */
function isThrottled({ response }: Exchange, { expect }: ContractCase): boolean {
  return response?.status === 429 && expect?.statuses.includes(429) !== true;
}

function throttleMs({ response }: Exchange): number {
  const value = response === undefined ? undefined : headerValue(response.headers, "retry-after");
  if (value === undefined) return 500;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const waitMs = Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? 500 : Math.max(0, waitMs);
}
