import type { WireResponse } from "../wire/exchange.ts";
import type { WireRequest } from "../wire/wire-request.ts";

/** What a case is about. */
export type Family =
  | "read"
  | "path"
  | "query"
  | "auth"
  | "access"
  | "parallel"
  | "keep-alive"
  | "method"
  | "accept"
  | "head"
  | "options"
  | "conditional"
  | "cors"
  | "watch"
  | "traffic";

/** Which responses to a case are right. */
export interface Expectation {
  /** `404`, or a whole range as `2XX`. */
  readonly statuses: readonly (number | "2XX" | "3XX" | "4XX")[];
  /** The check that names the fault if the response is a success, but must not be. */
  readonly whenServed?: string;
  /** The check that names the fault if the response has another documented status. */
  readonly otherwise: string;
  /** A list that tells no more than 404. */
  readonly takesList?: TakenList | undefined;
  /** Checks that name the fault better for one status. */
  readonly whenStatus?: Readonly<Record<number, string>>;
}

/** A list that may be the answer where nothing is served. */
export interface TakenList {
  /** Where in the body, as a JSON pointer. */
  readonly pointer: string;
  /** Whether it may have items. */
  readonly hasItems: boolean;
  /** The case that, where it was refused, tells that lists are no refusals here. */
  readonly unlessRefused?: string | undefined;
}

/** A request that depends on earlier responses. */
export type LateRequest = (
  latestResponse: (caseId: string) => WireResponse | undefined,
) => WireRequest;

/** One request with a purpose. */
export interface ContractCase {
  /** `family/name`, unique within a plan, stable. */
  readonly id: string;
  readonly family: Family;
  readonly operationId: string;
  /** Where the request went, as a base URL, if a run knows several providers. */
  readonly provider?: string | undefined;
  /** What the case tests, as a sentence. */
  readonly purpose: string;
  /** The request, or how to make it from what was seen before. */
  readonly request: WireRequest | LateRequest;
  /** The parameters that the request carries, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly expect?: Expectation | undefined;
  /**
   * `operation`: the document describes the response. `http`: the request is not one of the operation (another method, say), so
   * only HTTP itself describes the response.
   */
  readonly scope: "operation" | "http";
  /** Whether a success shows the resource as its owner sees it, so that later readings are compared with it. */
  readonly readsAsOwner: boolean;
  /** The case whose response this one's must be like: in its status, or in everything a caller sees. */
  readonly comparedWith?: string | undefined;
  /** The case that, where it is served, explains that this one is: a service that takes any key takes this one, too. */
  readonly impliedBy?: string | undefined;
  /** The operation whose list has the resource, where only that tells that it exists. */
  readonly listedBy?: string | undefined;
  /** Whose key the request carries, if it is not the caller's own. */
  readonly caller?: "other" | undefined;
  /** Within a series: which of the kinds that are compared the request belongs to. */
  readonly side?: string | undefined;
}

/** A case of several requests, whose responses are judged one by one and, as a whole, beside each other. */
export interface CaseSeries extends Pick<
  ContractCase,
  "id" | "family" | "operationId" | "purpose"
> {
  /** `in turn`: each on a connection of its own, one after the other. `at once`: those of a round overlap. */
  readonly manner: "in turn" | "at once" | "on one connection";
  /** The requests of each round. All of them have the id of the series. */
  readonly rounds: readonly (readonly ContractCase[])[];
  /** How many rounds are always sent. The others are sent only to confirm what these have shown. */
  readonly plannedRounds: number;
  /** The check that names the fault where the sides can be told apart. */
  readonly whenToldApart?: string;
}

/** A case as a plan has it. */
export type PlannedCase = ContractCase | CaseSeries;

/** Whether a case has several requests. */
export function isSeries(planned: PlannedCase): planned is CaseSeries {
  return "rounds" in planned;
}
