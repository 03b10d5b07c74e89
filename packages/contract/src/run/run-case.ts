import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "@qontext/sync-log-document";
import type { ContractCase } from "../plan/contract-case.ts";
import type { Exchange } from "../wire/exchange.ts";
import { sendRequest } from "../wire/send-request.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import type { CaseResult } from "../report/report.ts";
import type { Judgement, Runner } from "./runner.ts";

/** How requests are sent. */
export interface Sender {
  readonly provider: URL;
  readonly timeoutMs: number;
  /** Counts every request. */
  requests: number;
}

/** A response is cut off above this. */
export const maxResponseBytes: number = 16 * 1024 * 1024;

/** Sends a request, and counts it. */
export function send(sender: Sender, request: WireRequest): Promise<Exchange> {
  sender.requests += 1;
  return sendRequest(sender.provider, request, { timeoutMs: sender.timeoutMs, maxResponseBytes });
}

/** A case that was run. */
export interface RanCase {
  readonly result: CaseResult;
  readonly judgement?: Judgement;
}

/** Sends the request of a case, judges the response, and keeps the judgement. */
export async function runCase(
  runner: Runner,
  sender: Sender,
  operation: Operation,
  contractCase: ContractCase,
): Promise<RanCase> {
  const { request } = contractCase;
  const made =
    typeof request === "function"
      ? request((caseId) => runner.history.latest(caseId)?.response)
      : request;
  if ("notApplicable" in made)
    return { result: resultOf(contractCase, { outcome: "skipped", reason: made.notApplicable }) };
  const before = sender.requests;
  let exchange = await send(sender, made);
  for (let attempt = 0; attempt < 2 && isThrottled(exchange, contractCase); attempt += 1) {
    if (!(await hasWaited(runner, operation, contractCase, exchange))) break;
    exchange = await send(sender, made);
  }
  const requests = sender.requests - before;
  if (exchange.failure?.kind === "unreachable") {
    const reason = `the provider could not be reached: ${exchange.failure.message}`;
    return { result: resultOf(contractCase, { outcome: "not judged", reason, requests }) };
  }
  if (isThrottled(exchange, contractCase)) {
    return {
      result: resultOf(contractCase, {
        outcome: "not judged",
        reason: "the provider answers 429",
        requests,
        status: 429,
      }),
    };
  }
  const judgement = await runner.judge(operation, contractCase, exchange, "plan");
  runner.keep(judgement);
  return { result: resultOf(contractCase, { ...outcomeOf(judgement), requests }), judgement };
}

/** Keeps the response of a rate limit and waits as it says, unless that takes too long. */
export async function hasWaited(
  runner: Runner,
  operation: Operation,
  contractCase: ContractCase,
  exchange: Exchange,
): Promise<boolean> {
  runner.keep(await runner.judge(operation, asTraffic(contractCase), exchange, "plan"));
  const waitMs = throttleMs(exchange);
  if (waitMs > maxThrottleMs) return false;
  await sleep(waitMs);
  return true;
}

type Outcome = Pick<CaseResult, "outcome"> & Partial<CaseResult>;

/** The outcome of a case, from its judgement. */
export function outcomeOf({ subject, found }: Pick<Judgement, "subject" | "found">): Outcome {
  // What a case before this one has warned of is one warning, not one for each response that shows it.
  const news = found.filter((one) => one.severity === "error" || !one.isKnown);
  const violated = [...new Set(news.map((one) => one.check.id))];
  const isFailed = found.some((one) => one.severity === "error");
  const status = subject.response === undefined ? {} : { status: subject.response.status };
  const outcome = isFailed ? "failed" : violated.length > 0 ? "warned" : "passed";
  return { outcome, violated, durationMs: subject.exchange.durationMs, ...status };
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

const maxThrottleMs = 5000;

/** Whether a rate limit answered instead of the operation. */
export function isThrottled({ response }: Exchange, { expect }: ContractCase): boolean {
  return response?.status === 429 && expect?.statuses.includes(429) !== true;
}

function throttleMs({ response }: Exchange): number {
  const value = response === undefined ? undefined : headerValue(response.headers, "retry-after");
  if (value === undefined) return 500;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const waitMs = Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? 500 : Math.max(0, waitMs);
}
