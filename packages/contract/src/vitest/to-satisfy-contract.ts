import { Buffer } from "node:buffer";
import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { createPathMatcher } from "@qontext/sync-log-document";
import { expect } from "vitest";
import { defaultDocument } from "../face.ts";
import { redactAll, secretsOf } from "../report/redact.ts";
import { violationLines } from "../report/terminal-report.ts";
import { Runner } from "../run/runner.ts";
import type { Specification } from "../specification.ts";
import { createSpecification, credentialOf } from "../specification.ts";
import { trafficCase } from "../traffic/traffic-run.ts";
import type { Exchange } from "../wire/exchange.ts";
import { recordedResponse } from "../wire/exchange.ts";
import { headerValues } from "../wire/wire-request.ts";

/** How a response is judged. */
export interface SatisfyContractOptions {
  /** The request that was answered: without it the rules that bind the body to the request cannot be judged. */
  readonly request: Request | string | URL;
  /** @default the document that this package is made for */
  readonly document?: OpenApiDocument;
  /** Turns warnings into errors. @default false */
  readonly isStrict?: boolean;
}

/** The matcher that this module adds to `expect`. */
export interface ContractMatchers {
  /**
   * Whether a `Response` keeps the contract of an operation: status, media type, headers, body and invariants. A fetch response
   * has no raw bytes, so those are not judged. The response stays readable.
   *
   * @param operationId - The operationId, or `GET /the/{path}` for an operation without one.
   */
  toSatisfyContract(operationId: string, options: SatisfyContractOptions): Promise<void>;
}

declare module "vitest" {
  // Declaration merging requires the type parameters of vitest's own declaration.
  // oxlint-disable-next-line typescript/no-empty-object-type, no-unused-vars
  interface Matchers<R extends void | Promise<void>, T> extends ContractMatchers {}
}

/** The matcher, for an `expect` of your own: `expect.extend({ toSatisfyContract })`. */
export async function toSatisfyContract(
  received: unknown,
  operationId: string,
  options: SatisfyContractOptions,
): Promise<{ readonly pass: boolean; readonly message: () => string }> {
  if (!(received instanceof Response)) {
    return {
      pass: false,
      message: () =>
        "toSatisfyContract expects a Response of fetch; its body must not have been read.",
    };
  }
  const specification = specificationOf(options.document ?? defaultDocument());
  const operation = specification.operations.find((one) => one.id === operationId);
  if (operation === undefined) {
    const known = specification.operations.map((one) => one.id).join(", ");
    return {
      pass: false,
      message: () => `The spec has no GET operation "${operationId}"; it has: ${known}.`,
    };
  }
  const lines = await judge(received, operation, specification, options);
  const message = (): string =>
    lines.length === 0 ? `The response keeps the contract of ${operationId}.` : lines.join("\n");
  return { pass: lines.length === 0, message };
}

expect.extend({ toSatisfyContract });

const specifications = new WeakMap<OpenApiDocument, Specification>();

function specificationOf(document: OpenApiDocument): Specification {
  const known = specifications.get(document) ?? createSpecification({ document });
  specifications.set(document, known);
  return known;
}

async function judge(
  response: Response,
  operation: Operation,
  specification: Specification,
  options: SatisfyContractOptions,
): Promise<readonly string[]> {
  const request = new Request(options.request);
  const url = new URL(request.url);
  const match = createPathMatcher([operation])(url.pathname, { isPrefixed: true });
  if (match === undefined)
    return [`${url.pathname} is not a path of ${operation.id}, ${operation.path}.`];
  const exchange = await toExchange(response, request, url);
  const credential = credentialOf(operation);
  const keys = credential ? headerValues(exchange.request.headers, credential.parameter) : [];
  const secrets = keys.flatMap((key) => secretsOf({ own: key }, 0));
  const runner = new Runner({ specification, provider: url, secrets, keys, options });
  const about = { id: "traffic/response", purpose: "A response that a test received." };
  const contractCase = trafficCase(about, operation, exchange.request, match.parameters);
  runner.keep(await runner.judge(operation, contractCase, exchange, "recording"));
  const errors = runner.violations.list().filter((violation) => violation.severity === "error");
  return errors.flatMap((violation) => violationLines(redactAll(violation, secrets)));
}

async function toExchange(response: Response, request: Request, url: URL): Promise<Exchange> {
  const { status, statusText: reason } = response;
  const headers = [...response.headers.entries()];
  const body = Buffer.from(await response.clone().arrayBuffer());
  return {
    request: {
      method: request.method,
      target: `${url.pathname}${url.search}`,
      headers: [...request.headers.entries()],
    },
    // fetch undoes the content coding and leaves its header.
    response: recordedResponse({ status, reason, headers, body }),
    startedAtMs: 0,
    durationMs: 0,
  };
}
