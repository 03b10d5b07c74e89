import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import type { ContractCase } from "../plan/contract-case.ts";
import { createReport } from "../report/create-report.ts";
import { secretsOf } from "../report/redact.ts";
import type { Secret } from "../report/redact.ts";
import type { Report } from "../report/report.ts";
import type { CaseResult } from "../run/case-result.ts";
import { outcomeOf, resultOf } from "../run/run-case.ts";
import { Runner } from "../run/runner.ts";
import type { Judgement } from "../run/runner.ts";
import type { Selection } from "../run/selection.ts";
import { createSelection } from "../run/selection.ts";
import type { Origin } from "../run/subject.ts";
import { createSpecification } from "../spec/create-specification.ts";
import type { OpenApiDocument } from "../spec/load-document.ts";
import { checkDocument } from "../spec/load-document.ts";
import type { Operation, Specification } from "../spec/operation.ts";
import type { Exchange } from "../wire/exchange.ts";
import { headerValues } from "../wire/wire-request.ts";
import { matchOperation } from "./match-operation.ts";

/** How traffic is judged. */
export interface TrafficOptions {
  /** An OpenAPI 3.0 or 3.1 document. @default that of the sync-log endpoint */
  readonly document?: OpenApiDocument;
  /** Judge only these operations, by operationId. @default all that are read with GET */
  readonly operationIds?: readonly string[];
  readonly ignoredFormats?: readonly string[];
  /** Makes errors of warnings. @default false */
  readonly isStrict?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Above this, in milliseconds, a response is too slow. @default not judged */
  readonly maxLatencyMs?: number;
  /** A key that is known to occur. Those in the headers that the document names are found without it. */
  readonly apiKey?: string;
}

/** Where the operations are below. */
export interface TrafficPlace {
  /** The path that precedes those of the document; where it is not known, any may. */
  readonly basePath?: string;
}

/** Judges exchanges that somebody else made. */
export class TrafficRun {
  readonly #options: TrafficOptions;
  readonly #provider: URL;
  readonly #specification: Specification;
  readonly #runner: Runner;
  readonly #secrets: Secret[] = [];
  readonly #keys: string[] = [];
  readonly #results: CaseResult[] = [];
  readonly #notJudged: string[] = [];
  readonly #startedAt: Date = new Date();
  #count = 0;

  /** @param provider - Where curl lines point. */
  constructor(provider: URL, options: TrafficOptions) {
    this.#provider = provider;
    this.#options = options;
    const document = options.document ?? checkDocument(openapiDocument, "of the sync-log endpoint");
    this.#specification = createSpecification(document, {
      ...(options.ignoredFormats === undefined ? {} : { ignoredFormats: options.ignoredFormats }),
      ...(options.operationIds === undefined ? {} : { operationIds: options.operationIds }),
    });
    this.#learnKey(options.apiKey);
    let selection: Selection | undefined;
    this.#runner = new Runner({
      specification: this.#specification,
      provider,
      secrets: this.#secrets,
      keys: this.#keys,
      isStrict: options.isStrict ?? false,
      ...(options.maxLatencyMs === undefined ? {} : { maxLatencyMs: options.maxLatencyMs }),
      isReported: (checkId, caseId) => selection?.isReported(checkId, caseId) ?? true,
    });
    selection = createSelection(
      options,
      [],
      this.#runner.checks.map((check) => check.id),
    );
  }

  /**
   * Judges an exchange and keeps what is wrong with it.
   *
   * @returns undefined if the request is none of an operation of the document.
   */
  async add(
    exchange: Exchange,
    origin: Origin,
    place: TrafficPlace,
  ): Promise<Judgement | undefined> {
    this.#count += 1;
    const { method, target } = exchange.request;
    const [full = ""] = target.split("?");
    const path = full.slice(place.basePath?.length ?? 0);
    const match =
      method === "GET" || method === "HEAD"
        ? matchOperation(this.#specification.operations, path, place.basePath === undefined)
        : undefined;
    if (match === undefined) return undefined;
    this.#learnKeyOf(match.operation, exchange);
    const contractCase: ContractCase = {
      id: `traffic/${this.#count}`,
      family: "traffic",
      operationId: match.operation.id,
      purpose: `${method} ${target}`,
      request: exchange.request,
      parameters: match.parameters,
      scope: method === "GET" ? "operation" : "http",
      readsAsOwner: true,
    };
    const judgement = await this.#runner.judge(match.operation, contractCase, exchange, origin);
    this.#runner.keep(judgement);
    this.#results.push(resultOf(contractCase, { ...outcomeOf(judgement), requests: 1 }));
    return judgement;
  }

  /** Notes that something could not be judged. */
  addNotJudged(reason: string): void {
    this.#notJudged.push(reason);
  }

  /** Everything so far. Where an operation never had a success, nothing is said about it. */
  toReport(): Report {
    const missing = this.#specification.operations.filter(({ id }) =>
      this.#results.every(
        (result) =>
          result.operationId !== id ||
          result.status === undefined ||
          result.status < 200 ||
          result.status > 299,
      ),
    );
    const reasons = missing.map(({ id }) => `${id}: no success was seen in the traffic.`);
    const run = {
      provider: this.#provider,
      specification: this.#specification,
      secrets: this.#secrets,
      options: this.#options,
      seed: 0,
    };
    return createReport({
      state: { run, runner: this.#runner, sender: { requests: this.#count } },
      results: this.#results,
      notJudged: [...this.#notJudged, ...reasons],
      startedAt: this.#startedAt,
      durationMs: Date.now() - this.#startedAt.getTime(),
    });
  }

  #learnKeyOf(operation: Operation, { request }: Exchange): void {
    const scheme = operation.security;
    if (scheme === undefined) return;
    if (scheme.place === "query")
      this.#learnKey(
        new URLSearchParams(request.target.split("?")[1]).get(scheme.parameter) ?? undefined,
      );
    for (const value of headerValues(request.headers, scheme.parameter))
      this.#learnKey(value.replace(/^(?:Bearer|Basic) /i, ""));
  }

  #learnKey(key: string | undefined): void {
    if (key === undefined || key.length < 4 || this.#keys.includes(key)) return;
    this.#keys.push(key);
    this.#secrets.push(...secretsOf({ own: key }, 0));
    this.#secrets.sort((left, right) => right.value.length - left.value.length);
  }
}
