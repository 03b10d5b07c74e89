import type { Operation, PathMatch, PathMatcher } from "@qontext/sync-log-document";
import type { FaultDecision } from "../faults/fault-rules.ts";
import type { Fault } from "../faults/fault.ts";
import { isSilent, leavesAnswerWhole, replacesAnswer } from "../faults/wire-steps.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import type { MockedOperation } from "../lifecycle/read-lists.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import { credentialsOf, presentedKey } from "./access.ts";
import type { Answer, MockRequest } from "./answer.ts";
import { isPreflight, preflightAnswer } from "./cors.ts";
import { faultAnswer } from "./fault-answer.ts";
import type { RequestRedactor } from "./request-redactor.ts";
import type { ListFault, ServiceAnswer, ServiceContext } from "./serve-resource.ts";
import { errorAnswer, serveState } from "./serve-resource.ts";
import { problemAnswer, servePlain } from "./serve-plain.ts";

/** What is to be sent for a request, and how it is spoiled. */
export interface Exchange {
  readonly answer: Answer;
  readonly fault: Fault | undefined;
  readonly delayMs: number;
  readonly isHead: boolean;
}

/** The parts that handling a request needs. */
export interface HandlerContext extends ServiceContext {
  readonly matchPath: PathMatcher<Operation>;
  /** What is left of a path without the path of a server of the document. */
  readonly serverPaths: (path: string) => readonly string[];
  readonly redactor: RequestRedactor;
}

/** Handles a request to the mocked API: decides on the answer and the fault, and records the request. */
export async function handleRequest(context: HandlerContext, sent: MockRequest): Promise<Exchange> {
  const { state, redactor, matchPath } = context;
  const inServer = context.serverPaths(sent.path).find((path) => matchPath(path) !== undefined);
  const request = { ...sent, path: inServer ?? sent.path };
  const match = matchPath(request.path);
  const mocked = findMocked(state.resource, match?.places ?? []);
  const asked = match?.places.find(({ method }) => method === methodOf(request));
  const key = presentedKey(mocked?.credentials ?? [], request);
  redactor.learn(request, key);
  const isFromPage = context.access.isPageKey(key);
  const record = (answer: Answer, { fault, delayMs }: FaultDecision): Exchange => {
    (isFromPage ? state.pageRequests : state.requests).add({
      atMs: state.clock.now(),
      method: request.method,
      target: redactor.target(request.target),
      operation: asked?.id,
      path: redactor.values(match?.parameters ?? {}),
      headers: redactor.headers(request.headers),
      status: isSilent(fault) ? undefined : answer.status,
      fault: fault?.kind,
      delayMs,
    });
    return { answer, fault, delayMs, isHead: request.method === "HEAD" };
  };
  if (isPreflight(request)) {
    const answer = preflightAnswer(request, allowedMethods(match?.places ?? []));
    return record(answer, { fault: undefined, delayMs: 0 });
  }
  // The page only looks: it spends no fault and moves nothing on.
  if (isFromPage) {
    const { answer } = await serve(context, request, match, null);
    return record(answer, { fault: undefined, delayMs: 0 });
  }
  const isKeyGiven = key !== undefined;
  const replace = (decision: FaultDecision): Exchange =>
    record(
      faultAnswer(mocked?.errors, decision.fault, { nowMs: state.clock.now(), isKeyGiven }),
      decision,
    );
  const operation = asked?.id;
  const isList = state.resource?.lists.some((list) => list.operation === asked) === true;
  const forAll = state.faults.decide({ operation, isList });
  if (replacesAnswer(forAll.fault)) return replace(forAll);
  const { answer, runs = [], faults } = await serve(context, request, match, forAll.fault);
  const own = faults?.decide({ operation, isList });
  const fault = own?.fault ?? forAll.fault;
  const decision = { fault, delayMs: forAll.delayMs + (own?.delayMs ?? 0) };
  if (replacesAnswer(fault)) return replace(decision);
  // A run stays where it is if the client cannot have read its state, and for a HEAD.
  if (leavesAnswerWhole(fault) && request.method !== "HEAD") {
    for (const run of runs) run.onServed();
  }
  return record(answer, decision);
}

async function serve(
  context: HandlerContext,
  request: MockRequest,
  match: PathMatch<Operation> | undefined,
  fault: ListFault,
): Promise<ServiceAnswer> {
  const { resource } = context.state;
  const operations = match?.places ?? [];
  const mocked = findMocked(resource, operations);
  if (request.isBodyTooLong === true) return { answer: tooLongAnswer(mocked) };
  if (resource === undefined || mocked === undefined)
    return { answer: await servePlain(context.engine, request) };
  const { errors } = mocked;
  if (match === undefined) return { answer: errorAnswer(errors, 404, {}, true) };
  const methods = allowedMethods(operations);
  const allow = methods.join(", ");
  if (request.method === "OPTIONS")
    return { answer: { status: 204, headers: { allow }, body: "" } };
  if (!methods.includes(request.method)) return { answer: errorAnswer(errors, 405, { allow }) };
  if (operations.includes(mocked.operation) && mocked.operation.method === methodOf(request)) {
    return serveState(context, resource, mocked, request, match, fault);
  }
  const operation = operations.find((one) => one.method === request.method);
  return { answer: await serveOther(context, errors, request, operation) };
}

/** HEAD is answered as GET. */
function methodOf({ method }: MockRequest): string {
  return method === "HEAD" ? "GET" : method;
}

/** The operation of a path that is answered from the state; for any other path, the resource stands for the document. */
function findMocked(
  resource: Resource | undefined,
  operations: readonly Operation[],
): MockedOperation | undefined {
  const list = resource?.lists.find(({ operation }) => operations.includes(operation));
  return list ?? resource;
}

function tooLongAnswer(mocked: MockedOperation | undefined): Answer {
  return mocked === undefined
    ? problemAnswer(new Error("The body is longer than 10 MiB, which is all that is read."), 413)
    : errorAnswer(mocked.errors, 413);
}

/** Serves an operation without a lifecycle, in a document with one, by Prism, with the same keys and error bodies. */
async function serveOther(
  { access, engine }: HandlerContext,
  errors: ErrorBodies,
  request: MockRequest,
  operation: Operation | undefined,
): Promise<Answer> {
  const credentials = credentialsOf(operation);
  const key = presentedKey(credentials, request);
  if (credentials.length > 0 && !access.isKnown(key)) {
    return errorAnswer(errors, 401, {}, key !== undefined);
  }
  const answer = await servePlain(engine, request);
  const isProblemOfPrism = answer.headers["content-type"] === "application/problem+json";
  return isProblemOfPrism ? errorAnswer(errors, answer.status) : answer;
}

function allowedMethods(operations: readonly Operation[]): readonly string[] {
  const methods = new Set(
    operations.length === 0 ? ["GET"] : operations.map(({ method }) => method),
  );
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods.add("OPTIONS")];
}
