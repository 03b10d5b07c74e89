import { randomUUID } from "node:crypto";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { collectRules } from "@qontext/sync-log-rules";
import { createControlHandler, isControlRequest } from "./control/handle-control.ts";
import { createPrismEngine } from "./engine/prism-engine.ts";
import { checkFault } from "./faults/check-fault.ts";
import type { FaultHandle, FaultPlan, FaultWhen } from "./faults/fault.ts";
import { createAccess } from "./http/access.ts";
import type { MockRequest } from "./http/answer.ts";
import { createPageKey, handleRequest } from "./http/handle-request.ts";
import type { Exchange, HandlerContext } from "./http/handle-request.ts";
import { createRequestRedactor } from "./http/request-redactor.ts";
import { readFetchRequest } from "./http/read-fetch-request.ts";
import { sendAsResponse } from "./http/send-as-response.ts";
import { servePlain } from "./http/serve-plain.ts";
import type { Resource } from "./lifecycle/read-resource.ts";
import { readResource } from "./lifecycle/read-resource.ts";
import type { MockOptions } from "./mock-options.ts";
import { createSchemaCompiler } from "./spec/body-check.ts";
import { isJsonObject } from "./spec/json.ts";
import type { JsonObject } from "./spec/json.ts";
import { loadSpec } from "./spec/load-spec.ts";
import { readPaths } from "./spec/read-paths.ts";
import type { ApiPath } from "./spec/read-paths.ts";
import { resolveRef } from "./spec/resolve-ref.ts";
import { SpecError } from "./errors.ts";
import { MockState } from "./state/mock-state.ts";
import type { SyncOptions } from "./state/mock-state.ts";
import type { RecordedRequest } from "./state/request-log.ts";
import { documentedScenarios, playScenario } from "./state/scenario.ts";
import { createSyncHandle, pathOfSync } from "./sync-handle.ts";
import type { SyncHandle } from "./sync-handle.ts";

/** A mock without a socket: what it serves, it serves by {@link Mock.fetch}. */
export interface Mock {
  /**
   * Creates a sync, `pending` until it is told what becomes of it.
   *
   * @throws {@link BodyError} when its ids or fields would break the schema or an invariant.
   * @throws {@link ScenarioError} when there is a sync with this id, or the document has no lifecycle.
   */
  readonly sync: (options?: SyncOptions) => SyncHandle;
  /**
   * Lets something go wrong with all requests.
   *
   * @throws {@link FaultError} for a fault that there is not.
   */
  readonly fault: (plan: FaultPlan, when?: FaultWhen) => FaultHandle;
  /** The last requests, oldest first, with every key removed. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets syncs, faults and requests, and returns to what the mock started with. */
  readonly reset: () => void;
  /** Serves a request as `fetch` would, without a socket. The origin of the URL does not matter. */
  readonly fetch: typeof globalThis.fetch;
}

/** The parts of a mock that its server and its control interface need. */
export interface MockParts {
  readonly mock: Mock;
  readonly state: MockState;
  /** A path that answers a GET. */
  readonly examplePath: string;
  /** Header that carries the key, where one does. */
  readonly keyHeader: string | undefined;
  readonly handle: (request: MockRequest) => Promise<Exchange>;
}

/** Builds a mock and all its parts. */
export async function buildMock(
  options: MockOptions,
  { isLoopback }: { readonly isLoopback: boolean },
): Promise<MockParts> {
  const document = await loadSpec(options.spec ?? openapiDocument);
  const paths = readPaths(document);
  const resource = findResource(document, paths);
  const engine = await createPrismEngine(document, { isOutputValidated: resource === undefined });
  const pageKey = createPageKey();
  const clock = options.clock ?? { now: () => Date.now() };
  const keys = Object.entries(options.apiKeys ?? {});
  const state = new MockState({
    resource,
    clock,
    isTimeMadeUp: options.seed !== undefined && options.clock === undefined,
    seed: String(options.seed ?? randomUUID()),
    defaultTenant: keys[0]?.[1][0],
    maxRequests: options.maxRequests ?? 1000,
  });
  const keyPlaces = resource?.keyPlaces ?? [];
  const context: HandlerContext = {
    engine,
    state,
    paths,
    document,
    clock,
    keyPlaces,
    access: createAccess(options.apiKeys, pageKey),
    redactor: createRequestRedactor(keyPlaces, [...keys.map(([key]) => key), pageKey]),
    servePlain: (request) => servePlain(engine, request),
  };
  const start = (): void => setTheScene(state, options);
  start();
  const reset = (): void => {
    state.reset();
    start();
  };
  const control = createControlHandler({ state, document, reset }, pageKey, { isLoopback });
  const handle = async (request: MockRequest): Promise<Exchange> => {
    if (!isControlRequest(request)) return handleRequest(context, request);
    const isHead = request.method === "HEAD";
    return { answer: await control(request), fault: undefined, delayMs: 0, isHead };
  };
  const [first] = state.syncs;
  return {
    mock: createFace(state, handle, reset),
    state,
    examplePath: first === undefined ? examplePathOf(paths, resource) : pathOfSync(first.state),
    keyHeader: readKeyHeader(document),
    handle,
  };
}

/** Sets up what a mock starts with. */
function setTheScene(state: MockState, { scenarios, faults = [] }: MockOptions): void {
  const { resource } = state;
  for (const scenario of scenarios ?? []) {
    playScenario(state, typeof scenario === "string" ? { name: scenario } : scenario);
  }
  if (scenarios === undefined && resource !== undefined) {
    for (const scenario of documentedScenarios(resource)) {
      state.letReplace(playScenario(state, scenario).state.path);
    }
  }
  for (const { plan, when = {} } of faults) {
    checkFault(plan, when, resource?.errors);
    state.faults.add(plan, when);
  }
}

function createFace(state: MockState, handle: MockParts["handle"], reset: () => void): Mock {
  return {
    sync: (sync = {}) => createSyncHandle(state, state.create(sync)),
    fault(plan, when = {}) {
      checkFault(plan, when, state.resource?.errors);
      return state.faults.add(plan, when);
    },
    get requests() {
      return state.requests.entries;
    },
    reset,
    async fetch(input, init) {
      const { request, signal, redirect } = await readFetchRequest(input, init);
      return sendAsResponse(await handle(request), signal, redirect);
    },
  };
}

/**
 * Creates a mock without a socket, for unit tests.
 *
 * @throws {@link SpecError} when the document cannot be served.
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  return (await buildMock(options, { isLoopback: true })).mock;
}

function findResource(document: JsonObject, paths: readonly ApiPath[]): Resource | undefined {
  try {
    const rules = collectRules(document);
    let compiler: ReturnType<typeof createSchemaCompiler> | undefined;
    return readResource(
      document,
      paths,
      rules,
      () => (compiler ??= createSchemaCompiler(document)),
    );
  } catch (error) {
    if (error instanceof SpecError || !isJsonObject(document)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpecError(`The rules of the document cannot be read: ${reason}`, { cause: error });
  }
}

function examplePathOf(paths: readonly ApiPath[], resource: Resource | undefined): string {
  const path = resource?.path ?? paths.find(({ operations }) => operations.has("get")) ?? paths[0];
  const values = resource?.pathExamples ?? {};
  return (path?.template ?? "/").replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? "1"),
  );
}

/** Name of the header that carries the key, as the document spells it. */
function readKeyHeader(document: JsonObject): string | undefined {
  const components = resolveRef(document, document["components"]);
  const schemes = Object.values(resolveRef(document, components["securitySchemes"]));
  for (const scheme of schemes.map((node) => resolveRef(document, node))) {
    const { name } = scheme;
    if (scheme["in"] === "header" && typeof name === "string") return name;
  }
  return undefined;
}
