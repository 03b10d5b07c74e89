import type { Operation, PathMatcher } from "@qontext/sync-log-document";
import { createPathMatcher } from "@qontext/sync-log-document";
import type { ContractCase } from "../plan/contract-case.ts";
import { createReport } from "../report/create-report.ts";
import { secretsOf } from "../report/redact.ts";
import type { Secret } from "../report/redact.ts";
import type { CaseResult, Report } from "../report/report.ts";
import { shownAll } from "../report/shown-text.ts";
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
  /** That of the provider. */
  readonly origin: string;
  /** The path that precedes those of the document. */
  readonly basePath: string;
}

/** The case of a request that was not sent on purpose. */
export function trafficCase(
  about: Pick<ContractCase, "id" | "purpose" | "provider">,
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
    const { request } = exchange;
    const found = this.#find(request, place);
    if (found === undefined) return undefined;
    const { operation, parameters } = found;
    this.#learnKeyOf(operation, exchange);
    const about = {
      id: `traffic/${this.#count}`,
      purpose: `${request.method} ${request.target}`,
      provider: `${place.origin}${place.basePath}`,
    };
    const contractCase = trafficCase(about, operation, request, parameters);
    const judgement = await this.#runner.judge(operation, contractCase, exchange, origin);
    this.#runner.keep(judgement);
    this.#results.push(resultOf(contractCase, { ...outcomeOf(judgement), requests: 1 }));
    return judgement;
  }

  /** Whether a request is one of the document's, below a place. */
  hasOperation(request: WireRequest, place: TrafficPlace): boolean {
    return this.#find(request, place) !== undefined;
  }

  /** The path before that of the operation that a request belongs to; undefined if it belongs to none. */
  basePathOf(request: WireRequest): string | undefined {
    const [full = ""] = request.target.split("?");
    const match = this.#matchPath(full, { isPrefixed: true });
    if (match === undefined) return undefined;
    const depth = match.template.split("/").length - 1;
    return full.split("/").slice(0, -depth).join("/");
  }

  /** Whether a request carries a credential of an operation. */
  hasCredential(request: WireRequest): boolean {
    return this.#specification.operations.some(
      (operation) => credentialsIn(operation, request).length > 0,
    );
  }

  #find(
    { method, target }: WireRequest,
    { basePath }: TrafficPlace,
  ): (Pick<ContractCase, "parameters"> & { readonly operation: Operation }) | undefined {
    const [full = ""] = target.split("?");
    if ((method !== "GET" && method !== "HEAD") || !full.startsWith(`${basePath}/`))
      return undefined;
    const match = this.#matchPath(full.slice(basePath.length));
    const operation = match?.places.find((one) => one.method === "GET");
    return match === undefined || operation === undefined
      ? undefined
      : { operation, parameters: match.parameters };
  }

  /** A text fit to be shown, without the keys seen so far. */
  shown(text: string): string {
    return shownAll(text, this.#secrets);
  }

  /** Notes that something could not be judged. */
  addNotJudged(reason: string): void {
    this.#notJudged.push(reason);
  }

  /** Everything so far. Without a success nothing was judged; which operations never had one, the report tells. */
  toReport(): Report {
    const isJudged = this.#results.some(({ status }) => isSuccessStatus(status));
    const reasons = isJudged ? [] : ["No success was seen in the traffic."];
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
    for (const key of credentialsIn(operation, request)) this.#learnKey(key);
  }

  #learnKey(key: string | undefined): void {
    if (key === undefined || key.length < 4 || this.#keys.includes(key)) return;
    this.#keys.push(key);
    this.#secrets.push(...secretsOf({ own: key }, 0));
    this.#secrets.sort((left, right) => right.value.length - left.value.length);
  }
}

function credentialsIn(operation: Operation, request: WireRequest): readonly string[] {
  const credential = credentialOf(operation);
  if (credential === undefined) return [];
  const { parameter } = credential;
  const inQuery =
    credential.in === "query"
      ? new URLSearchParams(request.target.split("?")[1]).getAll(parameter)
      : [];
  const inHeaders = headerValues(request.headers, parameter);
  return [...inQuery, ...inHeaders.map((value) => value.replace(/^(?:Bearer|Basic) /i, ""))];
}
