import type { IPrismDiagnostic } from "@stoplight/prism-core";
import { createLogger } from "@stoplight/prism-core";
import { ProblemJsonError, createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type {
  IHttpConfig,
  IHttpNameValue,
  IHttpOperationConfig,
  IHttpRequest,
} from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import { createPathMatcher, responseFor } from "@qontext/sync-log-document";
import { SpecError } from "../errors.ts";
import { createBodyFitter } from "./fit-body.ts";

/** What a request asks of Prism: a status, a named example, or a body generated from the schema. */
export type PrismChoice = Partial<IHttpOperationConfig>;

/** A problem of a request or a response, as Prism reports it. */
export interface PrismViolation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly code?: string | number;
  readonly message: string;
}

/** Prism's answer: a response of the document, or a problem of its own. */
export type PrismAnswer =
  | {
      readonly kind: "response";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
      readonly violations: readonly PrismViolation[];
    }
  | { readonly kind: "problem"; readonly error: Error };

/** Prism in the same process: routing, validation of requests, negotiation of media types, examples. */
export interface PrismEngine {
  request(request: IHttpRequest, choice: PrismChoice): Promise<PrismAnswer>;
}

const severities = ["Error", "Warning", "Information", "Hint"] as const;

/**
 * Starts Prism on a document.
 *
 * @param options.isOutputValidated - Whether Prism also validates its responses, and reports violations.
 * @throws SpecError if Prism refuses the document.
 */
export async function createPrismEngine(
  document: OpenApiDocument,
  options: { readonly isOutputValidated: boolean },
): Promise<PrismEngine> {
  const operations = await readOperations(document.value);
  const fitBody = createResponseFitter(document);
  const config: IHttpConfig = {
    isProxy: false,
    validateRequest: true,
    validateResponse: options.isOutputValidated,
    checkSecurity: true,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  };
  const prism = createInstance(config, { logger: createLogger("mock", { level: "silent" }) });
  return {
    async request(request, choice) {
      // Prism writes into the configuration it is given, so each request has its own.
      const headers = withReadableAccept(request.headers ?? {});
      const run = prism.request({ ...request, headers }, operations, {
        ...config,
        mock: { dynamic: false, ...choice },
      });
      const result = await run();
      if ("left" in result) return { kind: "problem", error: result.left };
      const { output, validations } = result.right;
      const violations = [
        ...validations.input.map((violation) => toViolation("request", violation)),
        ...validations.output.map((violation) => toViolation("response", violation)),
      ];
      const { statusCode: status } = output;
      const ownHeaders = textHeaders(output.headers);
      const body = fitBody(request, status, ownHeaders["content-type"], output.body);
      return { kind: "response", status, headers: ownHeaders, body, violations };
    },
  };
}

/** Fits a body to the schema that the document has for it. */
function createResponseFitter(
  document: OpenApiDocument,
): (
  request: IHttpRequest,
  status: number,
  mediaType: string | undefined,
  body: unknown,
) => unknown {
  const matchPath = createPathMatcher(document.operations);
  const fitBody = createBodyFitter(document);
  return ({ url, method }, status, mediaType, body) => {
    if (typeof body !== "object" || body === null) return body;
    const places = matchPath(url.path)?.places;
    const operation = places?.find((one) => one.method.toLowerCase() === method);
    const content = operation && responseFor(operation, status)?.content;
    const own = content?.find((one) => one.mediaType === mediaType) ?? content?.[0];
    return own?.schemaPointer === undefined ? body : fitBody(own.schemaPointer, body);
  };
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `\\s*;\\s*${token}\\s*=\\s*(?:${token}|"[^",\\\\]*")`;
const mediaRange = `\\s*${token}/${token}(?:${parameter})*\\s*`;
const acceptPattern = new RegExp(`^${mediaRange}(?:,${mediaRange})*$`, "u");

/**
 * The headers without an `Accept` that Prism fails on: more than the grammar forbids, for empty elements and quoted commas are
 * among them. A server may disregard the header (RFC 9110, section 12.5.1).
 */
function withReadableAccept(headers: IHttpNameValue): IHttpNameValue {
  const { accept, ...others } = headers;
  return accept === undefined || acceptPattern.test(accept) ? headers : others;
}

/** Prism's types promise strings, but there are numbers, and null for a header without an example, which is left out. */
function textHeaders(
  headers: Readonly<Record<string, unknown>> | undefined,
): Record<string, string> {
  const sent = Object.entries(headers ?? {}).filter(([, value]) =>
    /^(?:string|number)$/.test(typeof value),
  );
  return Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What a request asks for in its `Prefer` header (`code=404, example=NAME, dynamic=true`), or why it cannot be read. */
export function readPreference(
  request: IHttpRequest,
): { readonly choice: PrismChoice } | { readonly error: Error } {
  const result = getHttpConfigFromRequest(request);
  return "left" in result ? { error: result.left } : { choice: result.right };
}

/** Whether a request asks for a response of the document instead of the current state. */
export function isForced({ code, exampleKey, dynamic }: PrismChoice): boolean {
  return code !== undefined || exampleKey !== undefined || dynamic === true;
}

/** The status of a problem that Prism reports: 404 without a matching path, 405, 406, 415, 422, or 500. */
export function problemStatus(error: Error): number {
  return error instanceof ProblemJsonError ? error.status : 500;
}

async function readOperations(
  document: JsonObject,
): Promise<Awaited<ReturnType<typeof getHttpOperationsFromSpec>>> {
  try {
    // Prism dereferences in place, and may leave cycles behind.
    return await getHttpOperationsFromSpec(structuredClone(document));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpecError(`Prism cannot read the document: ${reason}`, { cause: error });
  }
}

function toViolation(prefix: string, found: IPrismDiagnostic): PrismViolation {
  const { path = [], severity, code, message } = found;
  return {
    location: [prefix, ...path.map(String)],
    severity: severities[severity] ?? "Error",
    ...(code === undefined ? {} : { code }),
    message,
  };
}
