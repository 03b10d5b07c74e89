import type { JsonObject, Operation } from "@qontext/sync-log-document";
import type { ShownRecord } from "./records.ts";
import type { Subject } from "./subject.ts";
import { isReading, isSuccess } from "./subject.ts";

type Reader = Pick<Subject, "contractCase"> & { readonly exchange?: Subject["exchange"] };

/** A record as a reading showed it. */
export interface Sighting {
  readonly value: JsonObject;
  readonly parameters: ShownRecord["parameters"];
  readonly subject: Subject;
}

/** The exchanges so far. */
export class History {
  readonly #byCase = new Map<string, Subject>();
  readonly #readings = new Map<string, Subject[]>();
  readonly #sightings = new Map<string, Sighting[]>();
  readonly #shownBy = new Set<Operation>();
  readonly #scopes = new Map<string, Set<string>>();
  readonly #added = new WeakSet<Subject["exchange"]>();
  readonly #deleted = new Set<string>();

  /** Adds an exchange, once. */
  add(examined: Subject): void {
    if (this.#added.has(examined.exchange)) return;
    this.#added.add(examined.exchange);
    // What only its own checks look at is a multiple of the body.
    const subject: Subject = { ...examined, visits: [] };
    this.#byCase.set(subject.contractCase.id, subject);
    if (!isReading(subject)) return;
    listOf(this.#readings, requestKey(subject)).push(subject);
    this.#shownBy.add(subject.operation);
    const { scope, records } = subject;
    for (const { key, value, parameters } of records) {
      if (key === undefined) continue;
      listOf(this.#sightings, key).push({ value, parameters, subject });
      if (scope === undefined) continue;
      this.#scopes.set(scope, (this.#scopes.get(scope) ?? new Set()).add(key));
    }
  }

  /** Every body that was read by its owner with GET. */
  allReadings(): readonly Subject[] {
    return [...this.#readings.values()].flat();
  }

  /** The latest exchange of a case. */
  latest(caseId: string): Subject | undefined {
    return this.#byCase.get(caseId);
  }

  /** Whether the case that explains this one was served. */
  isImplied({ impliedBy }: Subject["contractCase"]): boolean {
    const cause = impliedBy === undefined ? undefined : this.latest(impliedBy);
    return cause !== undefined && isSuccess(cause);
  }

  /** The latest exchange of the case that this one's response must be like. */
  comparedWith({ comparedWith }: Subject["contractCase"]): Subject | undefined {
    return comparedWith === undefined ? undefined : this.latest(comparedWith);
  }

  /** What the same request got before, read by its owner with GET, oldest first. */
  readings({ exchange, ...subject }: Reader): readonly Subject[] {
    const all = this.#readings.get(requestKey(subject)) ?? [];
    return inSequence(all, (reading) => reading.exchange, exchange).toReversed();
  }

  /** How the same record was shown before, by itself or in a list, or by one operation, the latest first. */
  sightings(
    { key }: ShownRecord,
    exchange: Subject["exchange"],
    by?: Operation,
  ): readonly Sighting[] {
    const all = (key === undefined ? undefined : this.#sightings.get(key)) ?? [];
    const own = by === undefined ? all : all.filter(({ subject }) => subject.operation === by);
    return inSequence(own, ({ subject }) => subject.exchange, exchange);
  }

  /** The latest of them. */
  latestSighting(
    key: string | undefined,
    { startedAtMs }: Subject["exchange"],
    by?: Operation,
  ): Sighting | undefined {
    const all = key === undefined ? undefined : this.#sightings.get(key);
    return all?.findLast(
      ({ subject: { exchange, operation } }) =>
        (by === undefined || operation === by) && endedBefore(exchange, startedAtMs),
    );
  }

  /** Notes that the record at a path was deleted, and forgets that it was shown in a scope. */
  addDeleted(path: string, scope?: string, key?: string): void {
    this.#deleted.add(path);
    if (scope !== undefined && key !== undefined) this.#scopes.get(scope)?.delete(key);
  }

  /** The paths of the records that were deleted. */
  get deleted(): readonly string[] {
    return [...this.#deleted];
  }

  /** Whether an operation has shown anything to its owner. */
  hasShown(operation: Operation): boolean {
    return this.#shownBy.has(operation);
  }

  /** The keys of all records that were shown in a scope, and not deleted. */
  recordsOf(scope: string | undefined): readonly string[] {
    return scope === undefined ? [] : [...(this.#scopes.get(scope) ?? [])];
  }
}

function listOf<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/**
 * Those that ended before the next one began, and before the given exchange did, the latest first: of readings that overlap
 * nobody knows which shows the later state.
 */
function inSequence<Value>(
  all: readonly Value[],
  exchangeOf: (value: Value) => Subject["exchange"],
  exchange: Subject["exchange"] | undefined,
): readonly Value[] {
  const chain: Value[] = [];
  let beganAtMs = exchange?.startedAtMs ?? Number.POSITIVE_INFINITY;
  for (const one of all.toReversed()) {
    if (!endedBefore(exchangeOf(one), beganAtMs)) continue;
    chain.push(one);
    beganAtMs = exchangeOf(one).startedAtMs;
  }
  return chain;
}

function endedBefore(
  { startedAtMs, durationMs, isTimed }: Subject["exchange"],
  beganAtMs: number,
): boolean {
  return isTimed !== false && startedAtMs + durationMs <= beganAtMs;
}

function requestKey({ contractCase: { operationId, parameters, provider } }: Reader): string {
  const sorted = Object.entries(parameters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([provider, operationId, sorted]);
}
