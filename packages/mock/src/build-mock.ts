import { randomUUID } from "node:crypto";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  assertReferences,
  createPathMatcher,
  DocumentError,
  fillTemplate,
  loadDocument,
  RuleCompileError,
  templateParameters,
} from "@qontext/sync-log-document";
import { createControlHandler, isControlRequest } from "./control/handle-control.ts";
import type { PrismEngine } from "./engine/prism-engine.ts";
import { createPrismEngine } from "./engine/prism-engine.ts";
import { SpecError } from "./errors.ts";
import { createAccess, credentialsOf } from "./http/access.ts";
import type { MockRequest } from "./http/answer.ts";
import type { Exchange, HandlerContext } from "./http/handle-request.ts";
import { handleRequest } from "./http/handle-request.ts";
import type { Listening } from "./http/listen.ts";
import { isLoopbackHost, listen } from "./http/listen.ts";
import { createRequestRedactor } from "./http/request-redactor.ts";
import { createServerPaths } from "./http/server-paths.ts";
import type { Resource } from "./lifecycle/read-resource.ts";
import { readResource } from "./lifecycle/read-resource.ts";
import type { MockPlan } from "./mock-plan.ts";
import { MockState } from "./state/mock-state.ts";
import { documentedScenarios, playScenario } from "./state/scenario.ts";

/** The parts of a mock. */
export interface MockParts {
  readonly state: MockState;
  /** Returns to the initial state. */
  readonly reset: () => void;
  /** A path that a GET can read. */
  readonly examplePath: string;
  /** Header that carries the key, if one does. */
  readonly keyHeader: string | undefined;
  readonly handle: (request: MockRequest) => Promise<Exchange>;
}

/** A document that is read and can be served, by any number of mocks at a time. */
export interface Served {
  readonly document: OpenApiDocument;
  readonly resource: Resource | undefined;
  readonly engine: PrismEngine;
}

/**
 * Builds a mock.
 *
 * @param isLoopback - Whether only this machine can reach it.
 * @throws ScenarioError, {@link FaultError} or {@link BodyError} if the initial state is not possible.
 */
export function buildMock(
  { document, resource, engine }: Served,
  plan: Omit<MockPlan, "spec">,
  isLoopback = true,
): MockParts {
  // A key that only the page of the mock knows.
  const pageKey = `mock_page_${randomUUID()}`;
  const keys = Object.entries(plan.apiKeys ?? {});
  const state = new MockState({
    operations: document.operations,
    resource,
    clock: plan.clock ?? { now: () => Date.now() },
    isTimeInvented: plan.seed !== undefined && plan.clock === undefined,
    seed: String(plan.seed ?? randomUUID()),
    owners: keys.flatMap(([, owners]) => owners),
    listOrder: plan.listOrder ?? "newest-first",
    maxRequests: plan.maxRequests ?? 1000,
  });
  const context: HandlerContext = {
    engine,
    state,
    matchPath: createPathMatcher(document.operations),
    serverPaths: createServerPaths(document),
    access: createAccess(plan.apiKeys, pageKey),
    redactor: createRequestRedactor(resource?.credentials ?? [], [
      ...keys.map(([key]) => key),
      pageKey,
    ]),
  };
  applyInitialState(state, plan);
  const reset = (): void => {
    state.reset();
    applyInitialState(state, plan);
  };
  const keyHeader = document.operations
    .flatMap(credentialsOf)
    .find(({ in: place, scheme }) => place === "header" && scheme === undefined)?.parameter;
  const control = createControlHandler(
    { state, document, reset, face: plan.face, access: context.access, keyHeader },
    pageKey,
    { isLoopback, allowedHosts: plan.allowedHosts ?? [] },
  );
  return {
    state,
    reset,
    examplePath: state.runs[0]?.path ?? examplePathOf(document, resource),
    keyHeader,
    async handle(request) {
      if (!isControlRequest(request)) return handleRequest(context, request);
      const isHead = request.method === "HEAD";
      return { answer: await control(request), fault: undefined, delayMs: 0, isHead };
    },
  };
}

/**
 * Builds a mock and listens.
 *
 * @throws what {@link buildMock} does, and {@link ListenError} if the address is taken or unknown.
 */
export async function serveMock(
  served: Served,
  plan: Omit<MockPlan, "spec">,
  {
    host = "127.0.0.1",
    port = 0,
  }: { readonly host?: string | undefined; readonly port?: number | undefined },
): Promise<MockParts & Listening> {
  const parts = buildMock(served, plan, isLoopbackHost(host));
  return { ...parts, ...(await listen(parts.handle, { host, port })) };
}

/** Reads a document to be served. @throws SpecError if it cannot be. */
export async function openServed(spec: string | URL | object): Promise<Served> {
  try {
    const document = await loadDocument(spec);
    assertReferences(document);
    if (document.operations.length > 0) {
      const resource = readResource(document);
      const isOutputValidated = resource === undefined;
      const engine = await createPrismEngine(document, { isOutputValidated });
      return { document, resource, engine };
    }
  } catch (cause) {
    if (!(cause instanceof DocumentError || cause instanceof RuleCompileError)) throw cause;
    throw new SpecError(cause.message, { cause });
  }
  throw new SpecError("The document has no paths to serve.");
}

function applyInitialState(
  state: MockState,
  { scenarios, faults = [] }: Omit<MockPlan, "spec">,
): void {
  const { resource } = state;
  const documented = resource === undefined ? [] : documentedScenarios(resource);
  for (const scenario of scenarios ?? documented) playScenario(state, scenario);
  for (const { plan, when } of faults) state.faults.add(plan, when);
}

function examplePathOf({ operations }: OpenApiDocument, resource: Resource | undefined): string {
  const operation =
    resource?.operation ?? operations.find(({ method }) => method === "GET") ?? operations[0];
  const template = operation?.path ?? "/";
  const values = templateParameters(template).map((name) => [name, "1"]);
  return fillTemplate(template, { ...Object.fromEntries(values), ...resource?.pathExamples });
}
