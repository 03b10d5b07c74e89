import { createLogger } from "@stoplight/prism-core";
import { ProblemJsonError, createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpConfig, IHttpRequest, IHttpResponse } from "@stoplight/prism-http";
import { withReadableAccept } from "./with-readable-accept.ts";
import { SpecError } from "../errors.ts";
import type { JsonObject } from "../spec/json.ts";

/** What of Prism's own behavior a request asks for. */
export interface PrismChoice {
  /** Status to answer with; Prism chooses by itself without it. */
  readonly code?: number;
  /** Name of the example to answer with. */
  readonly exampleKey?: string;
  /** Makes a body up from the schema. */
  readonly dynamic?: boolean;
  /** Seed of a made-up body. */
  readonly seed?: string;
}

/** What is wrong with a request or a response, in Prism's words. */
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
      readonly response: IHttpResponse;
      readonly violations: readonly PrismViolation[];
    }
  | { readonly kind: "problem"; readonly error: Error };

/** Prism in process: routing, validation of requests, negotiation of media types, examples. */
export interface PrismEngine {
  request(request: IHttpRequest, choice: PrismChoice): Promise<PrismAnswer>;
}

const severities = ["Error", "Warning", "Information", "Hint"] as const;

/**
 * Starts Prism on a document.
 *
 * @param options.isOutputValidated - Whether Prism also validates what it answers, and reports violations.
 * @throws {@link SpecError} when Prism refuses the document.
 */
export async function createPrismEngine(
  document: JsonObject,
  options: { readonly isOutputValidated: boolean },
): Promise<PrismEngine> {
  const operations = await readOperations(document);
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
      return { kind: "response", response: output, violations };
    },
  };
}

/** The status of a problem that Prism reports: 404 without a matching path, 405, 406, 415, 422, or 500. */
export function problemStatus(error: Error): number {
  return error instanceof ProblemJsonError ? error.status : 500;
}

async function readOperations(
  document: JsonObject,
): Promise<Awaited<ReturnType<typeof getHttpOperationsFromSpec>>> {
  try {
    // Prism dereferences in place, and what it leaves behind may be cyclic.
    return await getHttpOperationsFromSpec(structuredClone(document));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpecError(`Prism cannot read the document: ${reason}`, { cause: error });
  }
}

function toViolation(
  prefix: string,
  violation: {
    path?: readonly (string | number)[];
    severity: number;
    code?: string | number;
    message: string;
  },
): PrismViolation {
  return {
    location: [prefix, ...(violation.path ?? []).map(String)],
    severity: severities[violation.severity] ?? "Error",
    ...(violation.code === undefined ? {} : { code: violation.code }),
    message: violation.message,
  };
}
