import type { Subject } from "./subject.ts";
import { isReading, isSuccess } from "./subject.ts";

type Reader = Pick<Subject, "contractCase"> & { readonly exchange?: Subject["exchange"] };

/** The exchanges so far. */
export class History {
  readonly #byCase = new Map<string, Subject>();
  readonly #readings = new Map<string, Subject[]>();

  add(subject: Subject): void {
    this.#byCase.set(subject.contractCase.id, subject);
    if (!isReading(subject)) return;
    const key = resourceKey(subject);
    const list = this.#readings.get(key) ?? [];
    list.push(subject);
    this.#readings.set(key, list);
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

  /**
   * Bodies of the same resource, read by its owner with GET, oldest first. Of those that overlap, and of those that overlap
   * with the given exchange, nobody knows which shows the later state: only readings that ended before the next one began.
   */
  readings({ exchange, ...subject }: Reader): readonly Subject[] {
    const chain: Subject[] = [];
    let beganAtMs = exchange?.startedAtMs ?? Number.POSITIVE_INFINITY;
    for (const reading of (this.#readings.get(resourceKey(subject)) ?? []).toReversed()) {
      const { startedAtMs, durationMs, isTimed } = reading.exchange;
      if (isTimed === false || startedAtMs + durationMs > beganAtMs) continue;
      chain.unshift(reading);
      beganAtMs = startedAtMs;
    }
    return chain;
  }
}

function resourceKey({ contractCase: { operationId, parameters, provider } }: Reader): string {
  const sorted = Object.entries(parameters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([provider, operationId, sorted]);
}
