import type { IHttpRequest } from "@stoplight/prism-http";
import type { PrismAnswer, PrismEngine } from "../engine/prism-engine.ts";
import { problemStatus } from "../engine/prism-engine.ts";
import { textHeaders } from "../engine/text-headers.ts";
import { isForced, readPreference } from "../engine/prefer.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import { statusOf } from "../lifecycle/status-of.ts";
import type { PathMatch } from "../spec/read-paths.ts";
import { presentedKey } from "../spec/read-security.ts";
import type { MockState, SyncEntry } from "../state/mock-state.ts";
import type { Access } from "./access.ts";
import type { Answer, MockRequest } from "./answer.ts";
import { corsHeaders } from "./cors.ts";

/** What the service answers, and the sync it answers for. */
export interface ServiceAnswer {
  readonly answer: Answer;
  /** Set when the answer is the state of a sync. */
  readonly sync: SyncEntry | undefined;
}

/** What serving a resource takes. */
export interface ServiceContext {
  readonly engine: PrismEngine;
  readonly state: MockState;
  readonly access: Access;
}

const commonHeaders = { ...corsHeaders, "cache-control": "no-store" };

/** The answer to a GET or HEAD of the resource: key first, then the form of the ids, then whose it is, then its state. */
export async function serveResource(
  context: ServiceContext,
  resource: Resource,
  request: MockRequest,
  { values, isDecodable }: PathMatch,
): Promise<ServiceAnswer> {
  const { path, query } = splitTarget(request.target);
  const key = presentedKey(resource.keyPlaces, request.headers, query);
  if (resource.keyPlaces.length > 0 && !context.access.isKnown(key)) {
    return { answer: errorAnswer(resource, 401), sync: undefined };
  }
  // Prism cannot read such a path at all.
  if (!isDecodable) return { answer: errorAnswer(resource, 400), sync: undefined };
  const input: IHttpRequest = {
    // Only operations that Prism knows get here; HEAD is answered as its GET.
    method: "get",
    url: { path, query: Object.fromEntries(query) },
    headers: request.headers,
  };
  const preference = readPreference(input);
  if ("error" in preference) {
    return { answer: errorAnswer(resource, problemStatus(preference.error)), sync: undefined };
  }
  if (isForced(preference.choice)) {
    const forced = await context.engine.request(input, preference.choice);
    return { answer: prismAnswer(resource, forced), sync: undefined };
  }
  const tenant = resource.tenantParameter && values[resource.tenantParameter];
  const found = context.access.mayRead(key, tenant) ? context.state.find(values) : undefined;
  const status = statusOf(resource, found?.state.peek());
  const exampleKey = resource.exampleNames.get(status);
  const choice = exampleKey === undefined ? {} : { exampleKey };
  const engineAnswer = prismAnswer(resource, await context.engine.request(input, choice));
  if (engineAnswer.status >= 300) return { answer: engineAnswer, sync: undefined };
  if (found === undefined) return { answer: errorAnswer(resource, 404), sync: undefined };
  return { answer: { ...engineAnswer, body: found.state.peekText() }, sync: found };
}

/** The document's own error for a status. */
export function errorAnswer(
  resource: Resource,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { ...commonHeaders, "content-type": "application/json", ...headers },
    body: JSON.stringify(resource.errors.bodyFor(status)),
  };
}

function prismAnswer(resource: Resource, result: PrismAnswer): Answer {
  if (result.kind === "problem") return errorAnswer(resource, problemStatus(result.error));
  const { statusCode, headers, body } = result.response;
  if (statusCode >= 400 && body === undefined) return errorAnswer(resource, statusCode);
  return {
    status: statusCode,
    headers: { ...commonHeaders, ...textHeaders(headers) },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}

/** Splits a request target into path and query. */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const start = target.indexOf("?");
  const path = start === -1 ? target : target.slice(0, start);
  return { path, query: new URLSearchParams(start === -1 ? "" : target.slice(start + 1)) };
}
