import type { JsonObject, Operation } from "@qontext/sync-log-document";
import { ScenarioError } from "../errors.ts";
import type { FaultTargets } from "../faults/check-fault.ts";
import { FaultRules } from "../faults/fault-rules.ts";
import { originOf } from "../lifecycle/compose-body.ts";
import { createIdentity, similarId } from "../lifecycle/identity.ts";
import type { Random } from "../lifecycle/random.ts";
import { createRandom } from "../lifecycle/random.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import type { Clock } from "./play.ts";
import { RequestLog } from "./request-log.ts";
import type { ListOrder } from "./run-lists.ts";
import { RunLists } from "./run-lists.ts";
import { Run } from "./run.ts";

/** How a run is told from others. */
export interface RunAddress {
  /** Value of the first path parameter. @default the first one that a key may read, or the documented one */
  readonly owner?: string | undefined;
  /** Value of the last path parameter. @default an id that depends on the seed */
  readonly id?: string | undefined;
}

/** What a new run is like. */
export interface RunOptions extends RunAddress {
  /** Fields that stay the same in all states. @default those of the example of the initial status */
  readonly own?: JsonObject | undefined;
  /** Allows ids and fields that break the schema or an invariant. @default false */
  readonly unchecked?: boolean | undefined;
  /** Whether it gives way to a run that is created with its id. @default false */
  readonly isReplaceable?: boolean | undefined;
}

/** What the state of a mock is made from. */
export interface StateOptions {
  readonly operations: readonly Operation[];
  readonly resource: Resource | undefined;
  readonly clock: Clock;
  /** Whether the times in bodies are invented instead of the clock's. */
  readonly isTimeInvented: boolean;
  readonly seed: string;
  /** The owners that keys open. */
  readonly owners: readonly string[];
  readonly listOrder: ListOrder;
  readonly maxRequests: number;
}

/** Everything that changes while a mock runs. */
export class MockState {
  readonly requests: RequestLog;
  /** What the mock's own page has asked for. */
  readonly pageRequests: RequestLog;
  readonly resource: Resource | undefined;
  readonly clock: Clock;
  readonly #options: StateOptions;
  readonly #runs = new Map<string, Run>();
  readonly #lists: RunLists;
  readonly #replaceable = new Set<Run>();
  readonly #validated = new Set<string>();
  #random: Random;
  #faults: FaultRules;
  #runCount = 0;
  #faultCount = 0;

  constructor(options: StateOptions) {
    this.#options = options;
    this.resource = options.resource;
    this.clock = options.clock;
    this.requests = new RequestLog(options.maxRequests);
    this.pageRequests = new RequestLog(options.maxRequests);
    this.#random = createRandom(options.seed);
    this.#faults = this.#createFaultRules();
    const { pathParameters = [], idParameter } = options.resource ?? {};
    const shared = pathParameters.filter((name) => name !== idParameter);
    this.#lists = new RunLists(shared, options.listOrder, `${options.seed}/order`);
    this.#knowLists();
  }

  /** The faults for all requests. */
  get faults(): FaultRules {
    return this.#faults;
  }

  /** All runs, in the order of their creation. */
  get runs(): readonly Run[] {
    return [...this.#runs.values()];
  }

  /** The resource whose lifecycle is mocked. @throws ScenarioError for a document without one. */
  requireResource(): Resource {
    if (this.resource !== undefined) return this.resource;
    throw new ScenarioError(
      "The document has no x-lifecycle, so there is nothing to control; it is served as Prism serves it.",
    );
  }

  /** @param parameters - Path parameters. */
  find(parameters: Readonly<Record<string, string>>): Run | undefined {
    return this.#runs.get(this.#keyOf(parameters));
  }

  /**
   * The runs by the lists that show them. A list is known if a run was ever created in it, if a key opens it, or if runs are created
   * in it by default; until the next reset.
   */
  get lists(): RunLists {
    return this.#lists;
  }

  /**
   * Creates a run at the initial status.
   *
   * @throws ScenarioError if there is a run with this id, or the document has no lifecycle.
   * @throws BodyError if its body would break the schema or an invariant.
   */
  create(options: RunOptions): Run {
    const resource = this.requireResource();
    const { clock, isTimeInvented } = this.#options;
    const seed = `${this.#options.seed}/${++this.#runCount}`;
    const { idParameter } = resource;
    const id = options.id ?? similarId(resource.pathExamples[idParameter] ?? "", seed);
    const owner = options.owner ?? this.#options.owners[0];
    const path = this.parametersOf({ owner, id });
    const key = this.#keyOf(path);
    const known = this.#runs.get(key);
    if (known !== undefined && !this.#replaceable.has(known)) {
      throw new ScenarioError(`The id ${id} is taken: choose another one.`);
    }
    const given = options.own ?? {};
    const subject = {
      path,
      own: ownFields(resource, given),
      given: new Set(Object.keys(given)),
      identity: createIdentity(seed, ownIds(resource, path)),
      total: undefined,
      createdAtMs: isTimeInvented ? originOf(resource) : clock.now(),
    };
    const context = { resource, clock, isTimeInvented, validated: this.#validated };
    const run = new Run(context, subject, this.#createFaultRules(true), options);
    if (known !== undefined) this.remove(known);
    this.#runs.set(key, run);
    this.#lists.add(run);
    if (options.isReplaceable === true) this.#replaceable.add(run);
    return run;
  }

  /** The path parameters of a run; those that are not given are the documented ones. */
  parametersOf({ owner, id }: RunAddress): Readonly<Record<string, string>> {
    const { pathExamples, ownerParameter, idParameter } = this.requireResource();
    const found: Record<string, string> = { ...pathExamples };
    if (ownerParameter !== undefined && owner !== undefined) found[ownerParameter] = owner;
    if (id !== undefined) found[idParameter] = id;
    return found;
  }

  remove(run: Run): void {
    this.#runs.delete(this.#keyOf(run.parameters));
    this.#replaceable.delete(run);
    this.#lists.remove(run);
  }

  /** Forgets all runs, faults and requests, and starts again with the seed. */
  reset(): void {
    this.#runs.clear();
    this.#lists.clear();
    this.#knowLists();
    this.#replaceable.clear();
    this.requests.clear();
    this.pageRequests.clear();
    this.#random = createRandom(this.#options.seed);
    this.#runCount = 0;
    this.#faultCount = 0;
    this.#faults = this.#createFaultRules();
  }

  #createFaultRules(isForOne = false): FaultRules {
    const nextId = (): string => `fault-${++this.#faultCount}`;
    const targets = faultTargets(this.#options.operations, this.resource, isForOne);
    return new FaultRules({ random: this.#random, nextId, targets });
  }

  #knowLists(): void {
    if (this.resource === undefined) return;
    const { owners } = this.#options;
    for (const owner of owners.length > 0 ? owners : [undefined]) {
      this.#lists.know(this.parametersOf({ owner }));
    }
  }

  #keyOf(parameters: Readonly<Record<string, string>>): string {
    return JSON.stringify(this.resource?.pathParameters.map((name) => parameters[name]));
  }
}

/** The operations that faults can be for: for one run, those that show it. */
function faultTargets(
  operations: readonly Operation[],
  resource: Resource | undefined,
  isForOne: boolean,
): FaultTargets {
  const targets = operations.flatMap((operation) => {
    const list = resource?.lists.find((one) => one.operation === operation);
    if (isForOne && list === undefined && operation !== resource?.operation) return [];
    const target = { errors: (list ?? resource)?.errors, isList: list !== undefined };
    return [[operation.id, target] as const];
  });
  return { operations: new Map(targets), errors: resource?.errors, isForOne };
}

/** The fields that stay the same: those of an example that has the given ones, and the given ones. */
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

/** From the ids of the examples to those of a run. */
function ownIds(
  resource: Resource,
  path: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const ids = [...resource.examples.values()].flatMap((example) =>
    [...resource.roles.path].map(([field, name]) => [example[field], path[name]] as const),
  );
  return new Map(
    ids.flatMap(([text, own]) =>
      typeof text === "string" && own !== undefined ? [[text, own] as const] : [],
    ),
  );
}
