import { allChecks } from "../checks/all-checks.ts";
import type { Check, CheckContext, Severity } from "../checks/check.ts";
import { CoverageRecorder } from "../exercised/coverage-recorder.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import { curlLine } from "../report/curl-line.ts";
import type { Secret } from "../report/redact.ts";
import type { Operation, Specification } from "../spec/operation.ts";
import type { Exchange } from "../wire/exchange.ts";
import { examine } from "./examine.ts";
import { foreignTextsOf } from "./foreign-texts.ts";
import { GrowingHistory } from "./history.ts";
import type { Origin, Subject } from "./subject.ts";
import type { FoundViolation } from "./violation-collector.ts";
import { ViolationCollector } from "./violation-collector.ts";

export interface RunnerOptions {
  readonly specification: Specification;
  /** Where curl lines point. */
  readonly provider: URL;
  readonly secrets: readonly Secret[];
  /** Credentials that must not come back. */
  readonly keys: readonly string[];
  readonly isStrict: boolean;
  readonly maxLatencyMs?: number;
  /** @default everything is reported */
  readonly isReported?: (checkId: string, caseId: string) => boolean;
}

/** Judges exchanges, one after the other, and remembers what it saw. */
export class Runner {
  readonly history: GrowingHistory = new GrowingHistory();
  readonly violations: ViolationCollector = new ViolationCollector();
  readonly coverage: CoverageRecorder;
  readonly checks: readonly Check[];
  readonly #options: RunnerOptions;
  #foreignTexts: readonly string[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.checks = allChecks(options.specification);
    this.coverage = new CoverageRecorder(options.specification);
  }

  /** Judges an exchange and gives what is wrong with it, without keeping anything. */
  async judge(
    operation: Operation,
    contractCase: ContractCase,
    exchange: Exchange,
    origin: Origin,
  ): Promise<Judgement> {
    const { specification } = this.#options;
    const subject = await examine({
      specification,
      operation,
      contractCase,
      exchange,
      origin,
      history: this.history,
    });
    const context = this.#context();
    const exercised: string[] = [];
    const found: FoundViolation[] = [];
    for (const check of this.checks) {
      const findings = check.judge(subject, context);
      if (findings === undefined) continue;
      exercised.push(check.id);
      if (this.#options.isReported?.(check.id, contractCase.id) === false) continue;
      for (const finding of findings) {
        const severity: Severity = this.#options.isStrict ? "error" : check.severity;
        const curl = this.#reproduction(subject, check);
        found.push({
          check,
          severity,
          operationId: operation.id,
          caseId: contractCase.id,
          finding,
          curl,
        });
      }
    }
    return { subject, found, exercised };
  }

  /** Keeps a judgement: its violations, what it covered, and the exchange for later comparisons. */
  keep({ subject, found, exercised }: Judgement): void {
    for (const violation of found) this.violations.add(violation);
    for (const id of exercised) this.coverage.addCheck(id);
    this.coverage.addSubject(subject);
    this.#foreignTexts = foreignTextsOf(subject, this.history) ?? this.#foreignTexts;
    this.history.add(subject);
  }

  #context(): CheckContext {
    const { specification, keys, maxLatencyMs } = this.#options;
    const latency = maxLatencyMs === undefined ? {} : { maxLatencyMs };
    return {
      specification,
      history: this.history,
      secrets: keys,
      foreignTexts: this.#foreignTexts,
      ...latency,
    };
  }

  #reproduction(subject: Subject, check: Check): string {
    const { provider, secrets } = this.#options;
    const { exchange, contractCase } = subject;
    const maxSeconds =
      exchange.failure?.kind === "timeout" ? Math.ceil(exchange.durationMs / 1000) : undefined;
    const line = curlLine(provider, exchange.request, secrets, maxSeconds);
    if (check.comparesReadings !== true) return line;
    const compared =
      contractCase.sameAnswerAs === undefined
        ? undefined
        : this.history.latest(contractCase.sameAnswerAs);
    const earlier = compared ?? this.history.readings(subject).at(-1);
    return earlier === undefined
      ? line
      : `${curlLine(provider, earlier.exchange.request, secrets)}; echo; ${line}`;
  }
}

/** What is wrong with one exchange. */
export interface Judgement {
  readonly subject: Subject;
  readonly found: readonly FoundViolation[];
  /** Ids of the checks that had something to judge. */
  readonly exercised: readonly string[];
}
