import type { Operation } from "@qontext/sync-log-document";
import type { Redactor } from "@qontext/sync-log-redact";
import { createRedactor, minKeyLength } from "@qontext/sync-log-redact";
import { allChecks } from "../checks/all-checks.ts";
import type { Check, CheckContext, Confirmation, Finding } from "../checks/check.ts";
import { isAnswered } from "../checks/check.ts";
import { CoverageRecorder } from "../exercised/coverage-recorder.ts";
import type { CaseSeries, ContractCase } from "../plan/contract-case.ts";
import { curlLine } from "../report/curl-line.ts";
import type { Secret } from "../report/redact.ts";
import type { Specification } from "../specification.ts";
import type { Exchange } from "../wire/exchange.ts";
import { bareSubject, examine, readBody } from "./examine.ts";
import { ForeignTexts } from "./foreign-texts.ts";
import { History } from "./history.ts";
import type { JudgingOptions } from "./run-options.ts";
import { problemOf } from "./problem-of.ts";
import type { Selection } from "./selection.ts";
import { createSelection } from "./selection.ts";
import type { Origin, Subject } from "./subject.ts";
import { isReading } from "./subject.ts";
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
  /** Sends what confirms a finding. @default every finding is reported */
  readonly confirm?:
    | ((request: Pick<Confirmation, "operation" | "parameters">) => Promise<Exchange>)
    | undefined;
}

/** Judges exchanges, one after the other, and remembers what it saw. */
export class Runner {
  readonly history: History = new History();
  readonly violations: ViolationCollector = new ViolationCollector();
  readonly coverage: CoverageRecorder;
  readonly checks: readonly Check[];
  readonly selection: Selection;
  readonly #options: RunnerOptions;
  readonly #secrets: Redactor | undefined;
  readonly #foreignTexts = new ForeignTexts();
  /** The records that contradict themselves. */
  readonly #unstable = new Set<string>();

  constructor(options: RunnerOptions) {
    this.#options = options;
    // Shorter ones occur by chance.
    const keys = options.keys.filter((key) => key.length >= minKeyLength);
    this.#secrets = keys.length === 0 ? undefined : createRedactor({ maxKeys: keys.length });
    for (const key of keys) this.#secrets?.add(key);
    this.checks = allChecks(options.specification);
    this.coverage = new CoverageRecorder(options.specification);
    const checkIds = this.checks.map((check) => check.id);
    this.selection = createSelection(options.options, options.caseIds ?? [], checkIds);
  }

  /** Judges an exchange and gives what is wrong with it, without keeping more than the readings that confirm it. */
  async judge(
    operation: Operation,
    contractCase: ContractCase,
    exchange: Exchange,
    origin: Origin,
  ): Promise<Judgement> {
    const judgement = await this.#judge(operation, contractCase, exchange, origin);
    const [record] = judgement.subject.records;
    if (record?.pointer === "" && contradictionsIn(judgement).length > 0) {
      this.#unstable.add(placeOf(operation, record.parameters));
      return judgement;
    }
    const { confirmed, problem } = await this.#confirm(judgement);
    return { ...judgement, found: confirmed, problem: judgement.problem ?? problem };
  }

  async #judge(
    operation: Operation,
    contractCase: ContractCase,
    exchange: Exchange,
    origin: Origin,
  ): Promise<Judgement> {
    const { specification } = this.#options;
    const { history } = this;
    const input = { specification, operation, contractCase, exchange, origin, history };
    const body = await readBody(input);
    let subject = bareSubject(input, body);
    const exercised: string[] = [];
    const found: FoundViolation[] = [];
    const problem = problemOf(() => {
      const examined = examine(input, body);
      subject = examined;
      const context = this.#context();
      for (const check of this.checks) {
        const findings = check.judge?.(examined, context);
        if (findings === undefined) continue;
        exercised.push(check.id);
        found.push(
          ...this.#report(check, contractCase, findings, (finding) =>
            this.#reproduction(examined, check, finding),
          ),
        );
      }
    }, sizeOf(subject));
    return { subject, found, exercised, problem };
  }

  /** Leaves out what is no fault, as further requests tell. One that stands is enough for all of its check. */
  async #confirm({ subject, found }: Judgement): Promise<{
    readonly confirmed: readonly FoundViolation[];
    readonly problem?: string;
  }> {
    const { confirm } = this.#options;
    const confirmed: FoundViolation[] = [];
    const unknown: string[] = [];
    for (const one of found) {
      const { confirmation, check } = one;
      const isCertain = confirmed.some((other) => other.check === check);
      if (confirmation === undefined || confirm === undefined || one.isKnown || isCertain) {
        confirmed.push(one);
        continue;
      }
      if (confirmation.isRefutedBy === "contradiction") {
        confirmed.push(...((await this.#contradictions(subject, confirmation, confirm)) ?? [one]));
        continue;
      }
      const { response } = await confirm(confirmation);
      if (response === undefined || response.status === 429)
        unknown.push(`nothing confirms ${check.id}, or that the record was deleted`);
      else if (confirmation.isRefutedBy(response)) confirmation.onRefuted?.();
      else confirmed.push(one);
    }
    const [problem] = unknown;
    return { confirmed, ...(problem !== undefined && { problem }) };
  }

  /** Reads a record once more. @returns in what it contradicts itself, which may be known; undefined if it does not. */
  async #contradictions(
    subject: Subject,
    { operation, parameters }: Confirmation,
    confirm: NonNullable<RunnerOptions["confirm"]>,
  ): Promise<readonly FoundViolation[] | undefined> {
    const record = placeOf(operation, parameters);
    if (this.#unstable.has(record)) return [];
    this.history.add(subject);
    const exchange = await confirm({ operation, parameters });
    const { id, family, purpose } = subject.contractCase;
    const again: ContractCase = {
      id: `${id}, confirmed`,
      family,
      purpose,
      operationId: operation.id,
      request: exchange.request,
      parameters,
      scope: "operation",
      readsAsOwner: true,
    };
    const judgement = await this.#judge(operation, again, exchange, subject.origin);
    const found = contradictionsIn(judgement).map((one) => ({ ...one, caseId: id }));
    this.keep({ ...judgement, found });
    if (found.length === 0) return undefined;
    this.#unstable.add(record);
    return found;
  }

  /** Judges the exchanges of a series beside each other, without keeping anything. */
  judgeSeries(series: CaseSeries, subjects: readonly Subject[]): SeriesJudgement {
    const answered = subjects.filter(isAnswered);
    const exercised: string[] = [];
    const found: FoundViolation[] = [];
    const sizeBytes = answered.reduce((sum, subject) => sum + sizeOf(subject), 0);
    const problem = problemOf(() => {
      for (const check of this.checks) {
        const findings = check.judgeSeries?.(series, answered);
        if (findings === undefined) continue;
        exercised.push(check.id);
        found.push(
          ...this.#report(check, series, findings, () => this.#seriesReproduction(answered)),
        );
      }
    }, sizeBytes);
    return { found, exercised, problem };
  }

  /** Keeps what is wrong with a series as a whole. */
  keepSeries({ found, exercised }: SeriesJudgement): void {
    for (const violation of found) this.violations.add(violation);
    for (const id of exercised) this.coverage.addCheck(id);
  }

  #report(
    check: Check,
    { id, operationId }: Pick<ContractCase, "id" | "operationId">,
    findings: readonly Finding[],
    reproduce: (finding: Finding) => string,
  ): readonly FoundViolation[] {
    if (!this.selection.isReported(check.id, id)) return [];
    const { isStrict } = this.#options.options;
    return findings.slice(0, maxFindings).flatMap(({ earlier, confirmation, ...finding }) => {
      const { severity: found = check.severity ?? "error" } = finding;
      const severity = isStrict === true ? "error" : found;
      if (severity === "note") return [];
      const isKnown = this.violations.has(check, operationId, finding);
      const curl = reproduce({ ...finding, earlier });
      return [{ check, severity, operationId, caseId: id, finding, curl, isKnown, confirmation }];
    });
  }

  /** Keeps a judgement: its violations, what it covered, and the exchange for later comparisons. */
  keep({ subject, found, exercised }: Judgement): void {
    for (const violation of found) this.violations.add(violation);
    for (const id of exercised) this.coverage.addCheck(id);
    this.coverage.addSubject(subject);
    this.#foreignTexts.addFrom(subject, this.history);
    this.history.add(subject);
  }

  #context(): CheckContext {
    const { specification, options, provider } = this.#options;
    return {
      specification,
      history: this.history,
      secrets: this.#secrets,
      foreignTexts: this.#foreignTexts,
      maxLatencyMs: options.maxLatencyMs,
      host: provider.hostname,
    };
  }

  /** One request of each kind that a series compares. */
  #seriesReproduction(subjects: readonly Subject[]): string {
    const { provider, secrets } = this.#options;
    const bySide = new Map(subjects.map((subject) => [subject.contractCase.side, subject]));
    return [...bySide.values()]
      .map(({ exchange }) => curlLine(provider, exchange.request, secrets))
      .join("; echo; ");
  }

  #reproduction(subject: Subject, check: Check, finding: Finding): string {
    const { secrets } = this.#options;
    const { exchange, contractCase } = subject;
    const provider =
      contractCase.provider === undefined ? this.#options.provider : new URL(contractCase.provider);
    const maxSeconds =
      exchange.failure?.kind === "timeout" ? Math.ceil(exchange.durationMs / 1000) : undefined;
    const line = curlLine(provider, exchange.request, secrets, maxSeconds);
    if (check.comparesReadings !== true) return line;
    const same = this.history.comparedWith(contractCase) ?? this.history.readings(subject).at(-1);
    const earlier = finding.earlier ?? same?.exchange;
    return earlier === undefined
      ? line
      : `${curlLine(provider, earlier.request, secrets)}; echo; ${line}`;
  }
}

/** What is wrong with a series as a whole. */
export type SeriesJudgement = Pick<Judgement, "found" | "exercised" | "problem">;

/** What is wrong with one exchange. */
export interface Judgement {
  readonly subject: Subject;
  readonly found: readonly FoundViolation[];
  /** Ids of the checks that had something to judge. */
  readonly exercised: readonly string[];
  /** Why some checks could not look at it. */
  readonly problem?: string | undefined;
}

/** In what a reading contradicts earlier ones of the same operation. */
function contradictionsIn({ subject, found }: Judgement): readonly FoundViolation[] {
  return found.filter(
    ({ check, confirmation }) =>
      isReading(subject) && check.comparesReadings === true && confirmation === undefined,
  );
}

function placeOf({ id }: Operation, parameters: ContractCase["parameters"]): string {
  return JSON.stringify([id, parameters]);
}

/** A check that is violated in more places than this by one response is reported for the first of them. */
const maxFindings = 20;

/** Of what there is to be judged: the response, and what it may repeat of the request. */
function sizeOf({ exchange: { request, response }, body }: Subject): number {
  const head = [...request.headers, ...(response?.headers ?? [])].flat();
  return head.reduce((sum, text) => sum + text.length, request.target.length + body.bytes.length);
}
