import type { Operation } from "@qontext/sync-log-document";
import { allChecks } from "../checks/all-checks.ts";
import type { Check, CheckContext, Severity } from "../checks/check.ts";
import { CoverageRecorder } from "../exercised/coverage-recorder.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import { curlLine } from "../report/curl-line.ts";
import type { Secret } from "../report/redact.ts";
import type { Specification } from "../specification.ts";
import type { Exchange } from "../wire/exchange.ts";
import { examine } from "./examine.ts";
import { foreignTextsOf } from "./foreign-texts.ts";
import { History } from "./history.ts";
import type { JudgingOptions } from "./run-options.ts";
import type { Selection } from "./selection.ts";
import { createSelection } from "./selection.ts";
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
  readonly options: Pick<JudgingOptions, "isStrict" | "maxLatencyMs" | "only" | "skip">;
  /** Ids of the cases that are planned, which `only` and `skip` may name. @default none */
  readonly caseIds?: readonly string[];
}

/** Judges exchanges, one after the other, and remembers what it saw. */
export class Runner {
  readonly history: History = new History();
  readonly violations: ViolationCollector = new ViolationCollector();
  readonly coverage: CoverageRecorder;
  readonly checks: readonly Check[];
  readonly selection: Selection;
  readonly #options: RunnerOptions;
  #foreignTexts: readonly string[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.checks = allChecks(options.specification);
    this.coverage = new CoverageRecorder(options.specification);
    const checkIds = this.checks.map((check) => check.id);
    this.selection = createSelection(options.options, options.caseIds ?? [], checkIds);
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
      if (!this.selection.isReported(check.id, contractCase.id)) continue;
      for (const finding of findings) {
        const severity: Severity =
          this.#options.options.isStrict === true ? "error" : (check.severity ?? "error");
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
    const { specification, keys, options } = this.#options;
    return {
      specification,
      history: this.history,
      secrets: keys,
      foreignTexts: this.#foreignTexts,
      maxLatencyMs: options.maxLatencyMs,
    };
  }

  #reproduction(subject: Subject, check: Check): string {
    const { provider, secrets } = this.#options;
    const { exchange, contractCase } = subject;
    const maxSeconds =
      exchange.failure?.kind === "timeout" ? Math.ceil(exchange.durationMs / 1000) : undefined;
    const line = curlLine(provider, exchange.request, secrets, maxSeconds);
    if (check.comparesReadings !== true) return line;
    const earlier =
      this.history.comparedWith(contractCase) ?? this.history.readings(subject).at(-1);
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
