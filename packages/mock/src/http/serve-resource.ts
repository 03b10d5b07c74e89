import type { Operation, PathMatch } from "@qontext/sync-log-document";
import type { IHttpRequest } from "@stoplight/prism-http";
import type { PrismAnswer, PrismChoice, PrismEngine } from "../engine/prism-engine.ts";
import { isForced, problemStatus, readPreference } from "../engine/prism-engine.ts";
import type { FaultRules } from "../faults/fault-rules.ts";
import type { Fault } from "../faults/fault.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import type { MockedList, MockedOperation } from "../lifecycle/read-lists.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import type { MockState } from "../state/mock-state.ts";
import type { Run } from "../state/run.ts";
import type { Access } from "./access.ts";
import { presentedKey } from "./access.ts";
import type { Answer, MockRequest } from "./answer.ts";
import { corsHeaders } from "./cors.ts";

/** The answer of the service. */
export interface ServiceAnswer {
  readonly answer: Answer;
  /** The runs whose state the answer is. */
  readonly runs?: readonly Run[];
  /** The faults of the only one of them that was asked for. */
  readonly faults?: FaultRules | undefined;
}

/** The fault that lists meet; `null` for an answer that meets none, as do the reads of the page. */
export type ListFault = Fault | undefined | null;

/** The parts that serving a resource needs. */
export interface ServiceContext {
  readonly engine: PrismEngine;
  readonly state: MockState;
  readonly access: Access;
}

const commonHeaders = { ...corsHeaders, "cache-control": "no-store" };

/** The state that an operation shows. */
interface View extends Required<Omit<ServiceAnswer, "answer">> {
  /** `undefined` where no answer can show it. */
  readonly text: string | undefined;
  readonly choice: PrismChoice;
}

/**
 * Answers a GET or HEAD of the resource or of a list of it: checks the key, then the form of the ids, then the owner, and sends
 * the state.
 */
export async function serveState(
  context: ServiceContext,
  resource: Resource,
  { operation, credentials, errors }: MockedOperation,
  request: MockRequest,
  { parameters, isDecodable }: Pick<PathMatch<unknown>, "parameters" | "isDecodable">,
  fault: ListFault,
): Promise<ServiceAnswer> {
  const key = presentedKey(credentials, request);
  if (credentials.length > 0 && !context.access.isKnown(key)) {
    return { answer: errorAnswer(errors, 401, {}, key !== undefined) };
  }
  // Prism cannot read such a path at all.
  if (!isDecodable) return { answer: errorAnswer(errors, 400) };
  const input: IHttpRequest = {
    // HEAD is answered as GET.
    method: "get",
    url: { path: request.path, query: Object.fromEntries(request.query) },
    headers: request.headers,
  };
  const preference = readPreference(input);
  if ("error" in preference) {
    return { answer: errorAnswer(errors, problemStatus(preference.error)) };
  }
  if (isForced(preference.choice)) {
    const forced = await context.engine.request(input, preference.choice);
    return { answer: prismAnswer(errors, forced) };
  }
  const owner = resource.ownerParameter && parameters[resource.ownerParameter];
  const view = context.access.mayRead(key, owner)
    ? viewOf(context.state, resource, operation, parameters, fault)
    : undefined;
  const answer = prismAnswer(errors, await context.engine.request(input, view?.choice ?? {}));
  if (answer.status >= 300) return { answer };
  if (view === undefined) return { answer: errorAnswer(errors, 404) };
  const { text, choice: _choice, ...served } = view;
  return { answer: text === undefined ? answer : { ...answer, body: text }, ...served };
}

function viewOf(
  state: MockState,
  resource: Resource,
  operation: Operation,
  parameters: Readonly<Record<string, string>>,
  fault: ListFault,
): View | undefined {
  const list = resource.lists.find((one) => one.operation === operation);
  if (list !== undefined) return listView(state, list, parameters, fault);
  const run = state.find(parameters);
  const exampleKey = run && resource.exampleNames.get(run.status);
  const choice = exampleKey === undefined ? {} : { exampleKey };
  return run && { text: run.text, runs: [run], faults: run.faults, choice };
}

function listView(
  { lists, clock }: MockState,
  { bodyOf, maxItems, operation: { id: operation } }: MockedList,
  parameters: Readonly<Record<string, string>>,
  fault: ListFault,
): View | undefined {
  const known = lists.runsOf(parameters);
  if (known === undefined) return undefined;
  const atMs = clock.now();
  const sent = lists.lastSent(parameters);
  if (fault?.kind === "stale-list" && sent !== undefined && atMs - sent.atMs < fault.maxAgeMs) {
    return { text: sent.text, runs: [], faults: undefined, choice: {} };
  }
  const isShown = ({ faults }: Run): boolean =>
    fault === null || faults.decide({ operation, isList: true }).fault === undefined;
  const shown = known.filter(isShown);
  const most = fault?.kind === "capped-list" ? Math.min(fault.items, maxItems) : maxItems;
  const runs = shown.slice(0, most);
  const text = bodyOf(runs.map((run) => run.text));
  if (text === undefined) return { text, runs: [], faults: undefined, choice: {} };
  if (fault !== null) lists.remember(parameters, { text, atMs });
  return { text, runs, faults: undefined, choice: {} };
}

/** The document's own error for a status. @param isPlain - Whether the document's words for it would be wrong: of a key that is missing, say, where one was given. */
export function errorAnswer(
  errors: ErrorBodies,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  isPlain = false,
): Answer {
  return {
    status,
    headers: { ...commonHeaders, "content-type": "application/json", ...headers },
    body: JSON.stringify(isPlain ? errors.plainBodyFor(status) : errors.bodyFor(status)),
  };
}

function prismAnswer(errors: ErrorBodies, result: PrismAnswer): Answer {
  if (result.kind === "problem") return errorAnswer(errors, problemStatus(result.error));
  const { status, headers, body } = result;
  if (status >= 400 && body === undefined) return errorAnswer(errors, status);
  return {
    status,
    headers: { ...commonHeaders, ...headers },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}
