import { isHttpMethod, isJsonMediaType } from "@qontext/sync-log-document";
import type { IHttpNameValues, IHttpRequest } from "@stoplight/prism-http";
import { ProblemJsonError } from "@stoplight/prism-http";
import { serialize } from "@stoplight/prism-http-server/dist/serialize.js";
import type { PrismEngine, PrismViolation } from "../engine/prism-engine.ts";
import { problemStatus, readPreference } from "../engine/prism-engine.ts";
import type { Answer, MockRequest } from "./answer.ts";
import { corsHeaders } from "./cors.ts";

// Prism's own limit, which keeps the header below the limits of most clients.
const maxViolationLength = 8 * 1024 - 100;

/** The answer of Prism's own server, including its problem bodies and violation header. */
export async function servePlain(engine: PrismEngine, request: MockRequest): Promise<Answer> {
  const { path, query } = request;
  const lower = request.method.toLowerCase();
  const body = readBody(request);
  if (body instanceof Error) return problemAnswer(body, 400);
  const input: IHttpRequest = {
    // No document has an operation for any other method, so that one without an operation stands for it.
    method: isHttpMethod(lower) ? lower : "trace",
    url: { path, query: queryValues(query), ...baseUrl(query) },
    headers: request.headers,
    body,
  };
  const preference = readPreference(input);
  if ("error" in preference) return problemAnswer(preference.error);
  const result = await engine.request(input, preference.choice);
  if (result.kind === "problem") return problemAnswer(result.error);
  const headers = { ...corsHeaders, ...violationHeader(result.violations), ...result.headers };
  try {
    const text: unknown = serialize(result.body, headers["content-type"]);
    return { status: result.status, headers, body: typeof text === "string" ? text : "" };
  } catch (error) {
    return problemAnswer(error instanceof Error ? error : new Error(String(error)));
  }
}

function queryValues(query: URLSearchParams): IHttpNameValues {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [first = "", ...more] = query.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

function baseUrl(query: URLSearchParams): { baseUrl?: string } {
  const server = query.get("__server");
  return server === null || server === "" ? {} : { baseUrl: server };
}

function readBody(request: MockRequest): unknown {
  const { "content-length": length, "transfer-encoding": transfer } = request.headers;
  if (length === "0" || (length === undefined && transfer === undefined)) return null;
  if (!isJsonMediaType(request.headers["content-type"] ?? "")) return request.body;
  try {
    const value: unknown = JSON.parse(request.body);
    return value;
  } catch (error) {
    return new Error("Invalid JSON", { cause: error });
  }
}

/** An error as Prism's server sends it. */
export function problemAnswer(error: Error, status: number = problemStatus(error)): Answer {
  const problem = ProblemJsonError.toProblemJson(error);
  const additional = error instanceof ProblemJsonError ? error.additional?.["headers"] : undefined;
  const entries =
    typeof additional === "object" && additional !== null ? Object.entries(additional) : [];
  return {
    status,
    headers: {
      ...corsHeaders,
      "content-type": "application/problem+json",
      ...Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)])),
    },
    body: JSON.stringify(problem),
  };
}

function violationHeader(violations: readonly PrismViolation[]): Record<string, string> {
  if (violations.length === 0) return {};
  const text = JSON.stringify(violations);
  if (text.length <= maxViolationLength) return { "sl-violations": text };
  return { "sl-violations": `Too many violations! ${text.slice(0, maxViolationLength)}` };
}
