import { randomUUID } from "node:crypto";
import type { Fault } from "../faults/fault.ts";
import { isSilent, leavesAnswerWhole, replacesAnswer } from "../faults/wire-steps.ts";
import type { FaultDecision } from "../faults/fault-rules.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import type { JsonObject } from "../spec/json.ts";
import { matchPath } from "../spec/read-paths.ts";
import type { ApiPath, PathMatch } from "../spec/read-paths.ts";
import { presentedKey, readSecurity } from "../spec/read-security.ts";
import type { KeyPlace } from "../spec/read-security.ts";
import type { Clock } from "../state/clock.ts";
import type { Answer, MockRequest } from "./answer.ts";
import { corsHeaders, isPreflight, preflightAnswer } from "./cors.ts";
import type { RequestRedactor } from "./request-redactor.ts";
import { retryAfterHeaders } from "./retry-after.ts";
import { errorAnswer, serveResource, splitTarget } from "./serve-resource.ts";
import type { ServiceAnswer, ServiceContext } from "./serve-resource.ts";

/** What is to be sent for a request, and how it is spoiled. */
export interface Exchange {
  readonly answer: Answer;
  readonly fault: Fault | undefined;
  readonly delayMs: number;
  readonly isHead: boolean;
}

/** What handling a request takes. */
export interface HandlerContext extends ServiceContext {
  readonly paths: readonly ApiPath[];
  readonly clock: Clock;
  readonly document: JsonObject;
  readonly keyPlaces: readonly KeyPlace[];
  readonly redactor: RequestRedactor;
  /** Serves what is not the resource with a lifecycle. */
  readonly servePlain: (request: MockRequest) => Promise<Answer>;
}

/** A key that only the mock's own page knows. */
export function createPageKey(): string {
  return `mock_page_${randomUUID()}`;
}

/** Handles a request of the mocked API: decides what is answered and what goes wrong, and records it. */
export async function handleRequest(
  context: HandlerContext,
  request: MockRequest,
): Promise<Exchange> {
  const { path, query } = splitTarget(request.target);
  const match = matchPath(context.paths, path);
  const values = match?.values ?? {};
  const key = presentedKey(context.keyPlaces, request.headers, query);
  if (key !== undefined) context.redactor.add(key);
  const isFromPage = context.access.isPageKey(key);
  const methods = allowedMethods(match?.path);
  const record = (answer: Answer, { fault, delayMs }: FaultDecision): Exchange => {
    context.state.requests.add({
      atMs: context.clock.now(),
      method: request.method,
      target: context.redactor.target(request.target),
      path: context.redactor.values(values),
      headers: context.redactor.headers(request.headers),
      status: isSilent(fault) ? undefined : answer.status,
      fault: fault?.kind,
      delayMs,
      isFromPage,
    });
    return { answer, fault, delayMs, isHead: request.method === "HEAD" };
  };
  if (isPreflight(request)) {
    return record(preflightAnswer(request, methods), { fault: undefined, delayMs: 0 });
  }
  const forAll = context.state.faults.decide();
  if (replacesAnswer(forAll.fault)) return record(faultAnswer(context, forAll.fault), forAll);
  const { answer, sync } = await serve(context, request, match, methods);
  const own = sync?.faults.decide() ?? { delayMs: 0, fault: undefined };
  const fault = own.fault ?? forAll.fault;
  const decision = { fault, delayMs: own.delayMs + forAll.delayMs };
  if (replacesAnswer(fault)) return record(faultAnswer(context, fault), decision);
  // What a client cannot have read, a HEAD, and the page's look count as no request: the sync stays where it is.
  if (leavesAnswerWhole(fault) && request.method !== "HEAD" && !isFromPage) sync?.state.served();
  return record(answer, decision);
}

async function serve(
  context: HandlerContext,
  request: MockRequest,
  match: PathMatch | undefined,
  methods: readonly string[],
): Promise<ServiceAnswer> {
  const { resource } = context.state;
  if (resource === undefined) return { answer: await context.servePlain(request), sync: undefined };
  if (match === undefined) return { answer: errorAnswer(resource, 404), sync: undefined };
  if (request.method === "OPTIONS") {
    const answer = { status: 204, headers: { allow: methods.join(", ") }, body: "" };
    return { answer, sync: undefined };
  }
  if (!methods.includes(request.method)) {
    const answer = errorAnswer(resource, 405, { allow: methods.join(", ") });
    return { answer, sync: undefined };
  }
  const isResource =
    match.path === resource.path &&
    ["GET", "HEAD"].includes(request.method) &&
    resource.operation.method === "get";
  if (isResource) return serveResource(context, resource, request, match);
  return { answer: await serveOther(context, resource, request, match.path), sync: undefined };
}

/** An operation without a lifecycle in a document with one: Prism's answer, behind the same keys and with the same errors. */
async function serveOther(
  context: HandlerContext,
  resource: Resource,
  request: MockRequest,
  path: ApiPath,
): Promise<Answer> {
  const { query } = splitTarget(request.target);
  const operation = path.operations.get(request.method.toLowerCase());
  const places = operation === undefined ? [] : readSecurity(context.document, operation.node);
  const key = presentedKey(places, request.headers, query);
  if (places.length > 0 && !context.access.isKnown(key)) return errorAnswer(resource, 401);
  const answer = await context.servePlain(request);
  const isPrismsOwn = answer.headers["content-type"] === "application/problem+json";
  return isPrismsOwn ? errorAnswer(resource, answer.status) : answer;
}

function allowedMethods(path: ApiPath | undefined): readonly string[] {
  const methods = [...(path?.operations.keys() ?? ["get"])].map((method) => method.toUpperCase());
  if (methods.includes("GET") && !methods.includes("HEAD")) methods.push("HEAD");
  if (!methods.includes("OPTIONS")) methods.push("OPTIONS");
  return methods;
}

function faultAnswer(context: HandlerContext, fault: Fault | undefined): Answer {
  const { resource } = context.state;
  if (fault?.kind !== "status") {
    const status = fault?.kind === "redirect" ? (fault.status ?? 302) : 200;
    return { status, headers: { ...corsHeaders }, body: "" };
  }
  const { status, headers = {}, body } = fault;
  const extra = { ...headers, ...retryAfterHeaders(fault, context.clock.now()) };
  const lowered = Object.fromEntries(
    Object.entries(extra).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const isError = status >= 400;
  const own =
    resource !== undefined && isError
      ? errorAnswer(resource, status, lowered)
      : { status, headers: { ...corsHeaders, ...lowered }, body: "" };
  if (body === undefined) return own;
  const typed = { "content-type": "application/json", ...own.headers };
  return { ...own, headers: typed, body: typeof body === "string" ? body : JSON.stringify(body) };
}
