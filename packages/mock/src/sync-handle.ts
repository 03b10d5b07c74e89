import { checkFault } from "./faults/check-fault.ts";
import type { FaultHandle, FaultPlan, FaultWhen } from "./faults/fault.ts";
import type { Ending, Status } from "./known-values.ts";
import { statusOf } from "./lifecycle/status-of.ts";
import type { JsonObject } from "./spec/json.ts";
import type { MockState, SyncEntry } from "./state/mock-state.ts";
import type { FollowOptions, SyncState } from "./state/sync-state.ts";

/** A mocked sync, to be told what becomes of it. Every method that returns it can be chained. */
export interface SyncHandle {
  readonly workspaceId: string;
  readonly id: string;
  /** Path of the sync log, from the base URL on. */
  readonly path: string;
  /** The status as a request would see it now. */
  readonly status: string;
  /** The body as a request would see it now; reading it moves nothing on. */
  readonly body: JsonObject;
  /**
   * Plays on to an ending, with ids, dates and counts that agree.
   *
   * @param ending - A terminal status of the lifecycle, such as `completed`.
   * @throws {@link ScenarioError} when there is no such ending, or no such status to skip.
   * @throws {@link BodyError} when a body on the way would break the schema or an invariant; the message names the rule.
   */
  follow(ending: Ending, options?: FollowOptions): SyncHandle;
  /**
   * Goes to a status and stays there.
   *
   * @param fields - Fields that the body has other than the status's example.
   * @throws {@link BodyError} when the body would break the schema or an invariant; the message names the rule.
   */
  at(status: Status, fields?: JsonObject, options?: { readonly unchecked?: boolean }): SyncHandle;
  /**
   * Moves on.
   *
   * @param steps - @default 1
   */
  advance(steps?: number): SyncHandle;
  /** Stays as it is. */
  freeze(): SyncHandle;
  /**
   * Lets something go wrong with requests for this sync.
   *
   * @throws {@link FaultError} for a fault that there is not.
   */
  fault(plan: FaultPlan, when?: FaultWhen): FaultHandle;
  /** Removes the sync's faults. */
  clearFaults(): SyncHandle;
}

/** Puts the public face on a sync. */
export function createSyncHandle(state: MockState, entry: SyncEntry): SyncHandle {
  const { state: sync, faults } = entry;
  const { resource, path } = sync;
  const handle: SyncHandle = {
    workspaceId: path[resource.tenantParameter ?? ""] ?? "",
    id: path[resource.idParameter] ?? "",
    path: pathOfSync(sync),
    get status() {
      return statusOf(resource, sync.peek());
    },
    get body() {
      return structuredClone(sync.peek());
    },
    follow(ending, options = {}) {
      sync.follow(ending, options);
      return handle;
    },
    at(status, fields = {}, options = {}) {
      sync.at(status, fields, options);
      return handle;
    },
    advance(steps = 1) {
      sync.step(steps);
      return handle;
    },
    freeze() {
      sync.freeze();
      return handle;
    },
    fault(plan, when = {}) {
      checkFault(plan, when, state.resource?.errors);
      return faults.add(plan, when);
    },
    clearFaults() {
      faults.clear();
      return handle;
    },
  };
  return handle;
}

/** Path of a sync in the served document. */
export function pathOfSync({ resource, path }: SyncState): string {
  return resource.path.template.replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
}
