import { FaultRules } from "../faults/fault-rules.ts";
import { createIdentity, similarId } from "../lifecycle/identity.ts";
import { originOf } from "../lifecycle/compose-body.ts";
import { createRandom } from "../lifecycle/random.ts";
import type { Random } from "../lifecycle/random.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import { ScenarioError } from "../errors.ts";
import type { SyncType } from "../known-values.ts";
import type { JsonObject } from "../spec/json.ts";
import type { Clock } from "./clock.ts";
import { RequestLog } from "./request-log.ts";
import { SyncState } from "./sync-state.ts";

/** What a new sync is like. */
export interface SyncOptions {
  /** Workspace; without it, the first one that a key belongs to, or the documented one. */
  readonly workspaceId?: string;
  /** Id; without it, one that the seed tells. */
  readonly id?: string;
  /** Type of the sync; without it, that of the document's example of a new sync. */
  readonly type?: SyncType;
  /** Further fields that stay the same over the sync's whole life. */
  readonly fields?: JsonObject;
  /**
   * Allows ids and fields that break the schema or an invariant.
   *
   * @default false
   */
  readonly unchecked?: boolean;
}

/** A sync and the faults that are its own. */
export interface SyncEntry {
  readonly state: SyncState;
  readonly faults: FaultRules;
}

/** What the state of a mock is made from. */
export interface StateOptions {
  readonly resource: Resource | undefined;
  readonly clock: Clock;
  /** Whether bodies tell times of their own rather than the clock's. */
  readonly isTimeMadeUp: boolean;
  readonly seed: string;
  readonly defaultTenant: string | undefined;
  readonly maxRequests: number;
}

/** All that changes while a mock runs. */
export class MockState {
  readonly requests: RequestLog;
  readonly #options: StateOptions;
  readonly #syncs = new Map<string, SyncEntry>();
  readonly #replaceable = new Set<string>();
  #random: Random;
  #faults: FaultRules;
  #syncCount = 0;
  #faultCount = 0;
  readonly #proven = new Set<string>();

  constructor(options: StateOptions) {
    this.#options = options;
    this.requests = new RequestLog(options.maxRequests);
    this.#random = createRandom(options.seed);
    this.#faults = this.#createFaultRules();
  }

  /** The faults for all requests. */
  get faults(): FaultRules {
    return this.#faults;
  }

  get syncs(): IterableIterator<SyncEntry> {
    return this.#syncs.values();
  }

  get resource(): Resource | undefined {
    return this.#options.resource;
  }

  /** The resource whose lifecycle is mocked. @throws {@link ScenarioError} for a document without one. */
  requireResource(): Resource {
    const { resource } = this.#options;
    if (resource !== undefined) return resource;
    throw new ScenarioError(
      "The document has no x-lifecycle, so there are no syncs to control; it is served as Prism serves it.",
    );
  }

  find(path: Readonly<Record<string, string>>): SyncEntry | undefined {
    return this.#syncs.get(this.#keyOf(path));
  }

  create(options: SyncOptions): SyncEntry {
    const resource = this.requireResource();
    this.#syncCount++;
    const seed = `${this.#options.seed}/${this.#syncCount}`;
    const path = this.#pathOf(resource, options, seed);
    const key = this.#keyOf(path);
    if (this.#syncs.has(key) && !this.#replaceable.has(key)) {
      throw new ScenarioError(
        `There is a sync ${path[resource.idParameter]} already; give another id.`,
      );
    }
    const { clock, isTimeMadeUp } = this.#options;
    const given: JsonObject = {
      ...(options.type === undefined ? {} : { type: options.type }),
      ...options.fields,
    };
    const subject = {
      path,
      own: ownFields(resource, given),
      given: new Set(Object.keys(given)),
      identity: createIdentity(seed, ownIds(resource, path)),
      total: undefined,
      createdAtMs: isTimeMadeUp ? originOf(resource) : clock.now(),
    };
    const context = { clock, isTimeMadeUp, proven: this.#proven };
    const state = new SyncState(resource, subject, context, options);
    const entry = { state, faults: this.#createFaultRules() };
    this.#replaceable.delete(key);
    this.#syncs.set(key, entry);
    return entry;
  }

  /** Lets a sync make room for one that is created with its id. */
  letReplace(path: Readonly<Record<string, string>>): void {
    this.#replaceable.add(this.#keyOf(path));
  }

  remove(path: Readonly<Record<string, string>>): boolean {
    return this.#syncs.delete(this.#keyOf(path));
  }

  /** Forgets all syncs, faults and requests, and starts the seed anew. */
  reset(): void {
    this.#syncs.clear();
    this.#replaceable.clear();
    this.requests.clear();
    this.#random = createRandom(this.#options.seed);
    this.#syncCount = 0;
    this.#faultCount = 0;
    this.#faults = this.#createFaultRules();
  }

  #createFaultRules(): FaultRules {
    return new FaultRules(this.#random, () => `fault-${++this.#faultCount}`);
  }

  #pathOf(resource: Resource, options: SyncOptions, seed: string): Record<string, string> {
    const path: Record<string, string> = { ...resource.pathExamples };
    const { tenantParameter, idParameter } = resource;
    const tenant = options.workspaceId ?? this.#options.defaultTenant;
    if (tenantParameter !== undefined && tenant !== undefined) path[tenantParameter] = tenant;
    path[idParameter] = options.id ?? similarId(path[idParameter] ?? "", seed);
    return path;
  }

  #keyOf(path: Readonly<Record<string, string>>): string {
    const { resource } = this.#options;
    return JSON.stringify(resource?.path.parameters.map((name) => path[name]));
  }
}

/** The fields that stay the same: those of the example that has the wanted type, with what was given. */
function ownFields(resource: Resource, given: JsonObject): JsonObject {
  const all = [...resource.examples.values()];
  const initial = resource.examples.get(resource.lifecycle.initial) ?? {};
  const isAlike = (example: JsonObject): boolean =>
    Object.entries(given).every(
      ([field, value]) => !resource.roles.own.includes(field) || example[field] === value,
    );
  const model = [initial, ...all].find(isAlike) ?? initial;
  const own = resource.roles.own.filter((field) => Object.hasOwn(model, field));
  return { ...Object.fromEntries(own.map((field) => [field, model[field] ?? null])), ...given };
}

function ownIds(
  resource: Resource,
  path: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const example of resource.examples.values()) {
    for (const name of resource.roles.path) {
      const text = example[name];
      const own = path[name];
      if (typeof text === "string" && own !== undefined) ids.set(text, own);
    }
  }
  return ids;
}
