import type { PathMatch } from "@qontext/sync-log-document";
import type { IHttpRequest } from "@stoplight/prism-http";
import type { PrismAnswer, PrismEngine } from "../engine/prism-engine.ts";
import { isForced, problemStatus, readPreference } from "../engine/prism-engine.ts";
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
  /** The run whose state the answer is, if it is one. */
  readonly run?: Run;
}

/** The parts that serving a resource needs. */
export interface ServiceContext {
  readonly engine: PrismEngine;
  readonly state: MockState;
  readonly access: Access;
}

const commonHeaders = { ...corsHeaders, "cache-control": "no-store" };

/** Answers a GET or HEAD of the resource: checks the key, then the form of the ids, then the owner, and sends the state. */
export async function serveResource(
  context: ServiceContext,
  resource: Resource,
  request: MockRequest,
  { parameters, isDecodable }: Pick<PathMatch<unknown>, "parameters" | "isDecodable">,
): Promise<ServiceAnswer> {
  const key = presentedKey(resource.credentials, request);
  if (resource.credentials.length > 0 && !context.access.isKnown(key)) {
    return { answer: errorAnswer(resource, 401, {}, key !== undefined) };
  }
  // Prism cannot read such a path at all.
  if (!isDecodable) return { answer: errorAnswer(resource, 400) };
  const input: IHttpRequest = {
    // HEAD is answered as GET.
    method: "get",
    url: { path: request.path, query: Object.fromEntries(request.query) },
    headers: request.headers,
  };
  const preference = readPreference(input);
  if ("error" in preference) {
    return { answer: errorAnswer(resource, problemStatus(preference.error)) };
  }
  if (isForced(preference.choice)) {
    const forced = await context.engine.request(input, preference.choice);
    return { answer: prismAnswer(resource, forced) };
  }
  const owner = resource.ownerParameter && parameters[resource.ownerParameter];
  const run = context.access.mayRead(key, owner) ? context.state.find(parameters) : undefined;
  const exampleKey = run && resource.exampleNames.get(run.status);
  const choice = exampleKey === undefined ? {} : { exampleKey };
  const answer = prismAnswer(resource, await context.engine.request(input, choice));
  if (answer.status >= 300) return { answer };
  if (run === undefined) return { answer: errorAnswer(resource, 404) };
  return { answer: { ...answer, body: run.text }, run };
}

/** The document's own error for a status. @param isKeyGiven - Whether the request had a key, so that none can be missing. */
export function errorAnswer(
  resource: Resource,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  isKeyGiven = false,
): Answer {
  return {
    status,
    headers: { ...commonHeaders, "content-type": "application/json", ...headers },
    body: JSON.stringify(
      status === 401 && isKeyGiven
        ? resource.errors.plainBodyFor(status)
        : resource.errors.bodyFor(status),
    ),
  };
}

function prismAnswer(resource: Resource, result: PrismAnswer): Answer {
  if (result.kind === "problem") return errorAnswer(resource, problemStatus(result.error));
  const { status, headers, body } = result;
  if (status >= 400 && body === undefined) return errorAnswer(resource, status);
  return {
    status,
    headers: { ...commonHeaders, ...headers },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}
