import type { Operation, PathMatcher } from "@qontext/sync-log-document";
import { createPathMatcher } from "@qontext/sync-log-document";
import type { ContractCase } from "../plan/contract-case.ts";
import { createReport } from "../report/create-report.ts";
import { redactAll, secretsOf } from "../report/redact.ts";
import type { Secret } from "../report/redact.ts";
import type { CaseResult, Report } from "../report/report.ts";
import { outcomeOf, resultOf } from "../run/run-case.ts";
import { Runner } from "../run/runner.ts";
import type { Judgement } from "../run/runner.ts";
import type { JudgingOptions } from "../run/run-options.ts";
import type { Origin } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import { createSpecification, credentialOf } from "../specification.ts";
import type { Exchange } from "../wire/exchange.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import { headerValues } from "../wire/wire-request.ts";

/** How traffic is judged. Keys in the headers that the document names are found without `apiKey`. */
export type TrafficOptions = JudgingOptions;

/** Where the operations are below. */
export interface TrafficPlace {
  /** The path that precedes those of the document; where it is not known, any may. */
  readonly basePath?: string;
}

/** The case of a request that was not sent on purpose. */
export function trafficCase(
  about: Pick<ContractCase, "id" | "purpose">,
  { id: operationId }: Operation,
  request: WireRequest,
  parameters: ContractCase["parameters"],
): ContractCase {
  const scope = request.method === "GET" ? "operation" : "http";
  return {
    ...about,
    family: "traffic",
    operationId,
    request,
    parameters,
    scope,
    readsAsOwner: true,
  };
}

/** Judges exchanges between others. */
export class TrafficRun {
  readonly #options: TrafficOptions;
  readonly #provider: URL;
  readonly #specification: Specification;
  readonly #matchPath: PathMatcher<Operation>;
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
    this.#specification = createSpecification(options);
    this.#matchPath = createPathMatcher(this.#specification.operations);
    this.#learnKey(options.apiKey);
    this.#runner = new Runner({
      specification: this.#specification,
      provider,
      secrets: this.#secrets,
      keys: this.#keys,
      options,
    });
  }

  /**
   * Judges an exchange and keeps what is wrong with it.
   *
   * @returns undefined if the request belongs to no operation of the document.
   */
  async add(
    exchange: Exchange,
    origin: Origin,
    place: TrafficPlace,
  ): Promise<Judgement | undefined> {
    this.#count += 1;
    const { method, target } = exchange.request;
    if (method !== "GET" && method !== "HEAD") return undefined;
    const [full = ""] = target.split("?");
    const path = full.slice(place.basePath?.length ?? 0);
    const match = this.#matchPath(path, { isPrefixed: place.basePath === undefined });
    const operation = match?.places.find((one) => one.method === "GET");
    if (match === undefined || operation === undefined) return undefined;
    this.#learnKeyOf(operation, exchange);
    const about = { id: `traffic/${this.#count}`, purpose: `${method} ${target}` };
    const contractCase = trafficCase(about, operation, exchange.request, match.parameters);
    const judgement = await this.#runner.judge(operation, contractCase, exchange, origin);
    this.#runner.keep(judgement);
    this.#results.push(resultOf(contractCase, { ...outcomeOf(judgement), requests: 1 }));
    return judgement;
  }

  /** A text without the keys seen so far. */
  redact(text: string): string {
    return redactAll(text, this.#secrets);
  }

  /** Notes that something could not be judged. */
  addNotJudged(reason: string): void {
    this.#notJudged.push(reason);
  }

  /** Everything so far. Nothing is said about an operation that never had a success. */
  toReport(): Report {
    const missing = this.#specification.operations.filter(({ id }) =>
      this.#results.every(
        ({ operationId, status }) => operationId !== id || !isSuccessStatus(status),
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
    const credential = credentialOf(operation);
    if (credential === undefined) return;
    const { parameter } = credential;
    if (credential.in === "query") {
      const query = new URLSearchParams(request.target.split("?")[1]);
      this.#learnKey(query.get(parameter) ?? undefined);
    }
    for (const value of headerValues(request.headers, parameter))
      this.#learnKey(value.replace(/^(?:Bearer|Basic) /i, ""));
  }

  #learnKey(key: string | undefined): void {
    if (key === undefined || key.length < 4 || this.#keys.includes(key)) return;
    this.#keys.push(key);
    this.#secrets.push(...secretsOf({ own: key }, 0));
    this.#secrets.sort((left, right) => right.value.length - left.value.length);
  }
}
