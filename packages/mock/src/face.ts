import type {
  KnownSyncLogStatus,
  KnownSyncLogType,
  syncLogLifecycle,
} from "@qontext/sync-log-schema";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import type { JsonObject } from "@qontext/sync-log-document";
import type { MockParts } from "./build-mock.ts";
import { buildMock, openServed, serveMock } from "./build-mock.ts";
import type { ControlFace } from "./control/control-operations.ts";
import type { FaultHandle, FaultPlan, FaultWhen } from "./faults/fault.ts";
import type { ApiKeys } from "./http/access.ts";
import { serveFetch } from "./http/serve-fetch.ts";
import type { EngineOptions, MockPlan } from "./mock-plan.ts";
import type { RunOptions } from "./state/mock-state.ts";
import type { PlayOptions } from "./state/play.ts";
import type { RecordedRequest } from "./state/request-log.ts";
import type { NamedRun } from "./state/scenario.ts";
import { playScenario } from "./state/scenario.ts";

// The line between product and engine: this file, the command, the page and the control document speak of sync logs and
// workspaces. All other files serve any document with a lifecycle, and speak of runs and their owners.

/** A status: one of the document that this package was built from, or any other of the document that is served. */
export type Status = KnownSyncLogStatus | (string & {});

/** A terminal status; as {@link Status}, any other is allowed. */
export type Ending = keyof (typeof syncLogLifecycle)["terminal"] | (string & {});

/** A type of sync; as {@link Status}, any other is allowed. */
export type SyncType = KnownSyncLogType | (string & {});

/** What a new sync is like. */
export interface SyncOptions {
  /** @default the first workspace that a key opens, or the documented one */
  readonly workspaceId?: string;
  /** @default an id that depends on the seed */
  readonly id?: string;
  /** @default the type of the document's example of a new sync */
  readonly type?: SyncType;
  /** More fields that stay the same over the sync's whole life. */
  readonly fields?: JsonObject;
  /** Allows ids and fields that break the schema or an invariant. @default false */
  readonly unchecked?: boolean;
}

/** How a sync is played. */
export interface FollowOptions extends PlayOptions {
  /** Statuses to leave out. */
  readonly skip?: readonly Status[];
}

/** A sync by the name of what it does. */
export interface Scenario extends FollowOptions {
  /** A terminal status, played from the beginning to the end; or `at-` and any status, where it stays. */
  readonly name: string;
  readonly workspaceId?: string;
  readonly id?: string;
  readonly type?: SyncType;
}

/** Options of {@link createMock}. */
export interface MockOptions extends EngineOptions {
  /**
   * OpenAPI 3.0 or 3.1 document to serve: a path, a `file:` URL, or the document itself. One without `x-lifecycle` is served as
   * Prism serves it.
   *
   * @default the document that the package was built from
   */
  readonly spec?: string | URL | object | undefined;
  /**
   * Keys, each with the workspaces that it opens. Without this option every key opens every workspace; a request without a key
   * still gets 401.
   */
  readonly apiKeys?: ApiKeys | undefined;
  /**
   * Syncs to start with, and to return to with `reset()`; a name alone stands for a scenario without options.
   *
   * @default two syncs with the documented ids: the first is completed, the second completes request by request
   */
  readonly scenarios?: readonly (string | Scenario)[] | undefined;
}

/** Options of {@link startMockServer}. */
export interface MockServerOptions extends MockOptions {
  /** Port to listen on; 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /**
   * Address to listen on. Any other than loopback lets other machines use the mock and its control interface.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string | undefined;
}

/** Controls one mocked sync. Methods that return it can be chained. */
export interface SyncHandle {
  readonly workspaceId: string;
  readonly id: string;
  /** Path of the sync log, after the base URL. */
  readonly path: string;
  /** The status that a request would see now. */
  readonly status: string;
  /** The body that a request would see now; reading it here moves nothing on. */
  readonly body: JsonObject;
  /**
   * Plays on to a terminal status, with ids, dates and counts that agree.
   *
   * @throws ScenarioError if this is not a terminal status, or a status to skip is not on the way.
   * @throws BodyError if a body on the way would break the schema or an invariant; the message names the rule.
   */
  follow(ending: Ending, options?: FollowOptions): SyncHandle;
  /**
   * Goes to a status and stays there.
   *
   * @param fields - Fields that differ from the status's example.
   * @throws BodyError if the body would break the schema or an invariant; the message names the rule.
   */
  at(status: Status, fields?: JsonObject, options?: { readonly unchecked?: boolean }): SyncHandle;
  /**
   * Moves on.
   *
   * @param steps - @default 1
   */
  advance(steps?: number): SyncHandle;
  /** Stays in its current state. */
  freeze(): SyncHandle;
  /**
   * Adds a fault for the reads of this sync. Lists that it is in are not spoiled; `unlisted` leaves it out of them.
   *
   * @throws FaultError for an unknown or invalid fault.
   */
  fault(plan: FaultPlan, when?: FaultWhen): FaultHandle;
  /** Removes the sync's faults. */
  clearFaults(): SyncHandle;
}

/** A mock without a socket: {@link Mock.fetch} serves its requests. */
export interface Mock {
  /**
   * Creates a sync at the initial status.
   *
   * @throws BodyError if its ids or fields would break the schema or an invariant.
   * @throws ScenarioError if there is a sync with this id, or the document has no lifecycle.
   */
  readonly sync: (options?: SyncOptions) => SyncHandle;
  /**
   * Adds a fault for all requests, or for those of one operation.
   *
   * @throws FaultError for an unknown or invalid fault.
   */
  readonly fault: (plan: FaultPlan, when?: FaultWhen) => FaultHandle;
  /** The last requests, oldest first, with every key removed. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets syncs, faults and requests, and returns to the initial state. */
  readonly reset: () => void;
  /** Serves a request as `fetch` does, without a socket. The origin of the URL does not matter. */
  readonly fetch: typeof globalThis.fetch;
}

/** A mock that listens. */
export interface MockServer extends Mock, AsyncDisposable {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops listening; requests in flight have up to a second to finish. */
  readonly close: () => Promise<void>;
}

/**
 * Creates a mock without a socket, for unit tests.
 *
 * @throws SpecError if the document cannot be served.
 * @throws ScenarioError for an unknown scenario.
 * @throws FaultError for an unknown or invalid fault.
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const plan = toMockPlan(options);
  return toPublicMock(buildMock(await openServed(plan.spec), plan));
}

/**
 * Starts a mock on a port of its own.
 *
 * @throws ListenError if the port is taken or the address is not of this machine; otherwise as {@link createMock}.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const start = await prepareMockServer(options);
  return start();
}

/** Reads the document once, for mocks that are started one after another or at the same time. */
export async function prepareMockServer(
  options: MockServerOptions,
): Promise<() => Promise<MockServer>> {
  const plan = toMockPlan(options);
  const served = await openServed(plan.spec);
  return async () => {
    const parts = await serveMock(served, plan, options);
    const { url, close } = parts;
    return Object.assign(toPublicMock(parts), { url, close, [Symbol.asyncDispose]: close });
  };
}

/** The options in the words of the engine. */
export function toMockPlan({
  spec = openapiDocument,
  apiKeys,
  scenarios,
  ...engine
}: MockOptions): MockPlan {
  const named = scenarios?.map((one) => toNamedRun(typeof one === "string" ? { name: one } : one));
  return { ...engine, spec, apiKeys, scenarios: named, face: controlFace };
}

function toPublicMock({ state, handle, reset }: MockParts): Mock {
  return {
    sync(options = {}) {
      const run = state.create(toRunOptions(options));
      return Object.assign(run, { workspaceId: run.owner });
    },
    fault: (plan, when) => state.faults.add(plan, when),
    get requests() {
      return state.requests.entries;
    },
    reset,
    fetch: (input, init) => serveFetch(handle, input, init),
  };
}

function toRunOptions({ workspaceId, type, fields, ...options }: SyncOptions): RunOptions {
  return {
    ...options,
    owner: workspaceId,
    own: { ...(type === undefined ? {} : { type }), ...fields },
  };
}

function toNamedRun({ workspaceId, type, ...options }: Scenario): NamedRun {
  return { ...options, owner: workspaceId, own: type === undefined ? {} : { type } };
}

/** A key for the examples of a mock that takes any. */
export const anyKey = "q_sk_mock";

const controlFace: ControlFace = {
  anyKey,
  create(state, { scenario, ...options }: Omit<Scenario, "name"> & { scenario?: string }) {
    return scenario === undefined
      ? state.create(toRunOptions(options))
      : playScenario(state, toNamedRun({ name: scenario, ...options }));
  },
  nameOf: ({ owner, id }) => ({ workspaceId: owner, id }),
  addressOf: ({ workspaceId, id }) => ({ owner: workspaceId, id }),
};
