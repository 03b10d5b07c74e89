import type { Subject } from "./subject.ts";
import { isReading } from "./subject.ts";

type Reader = Pick<Subject, "contractCase">;

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

  /** The latest exchange of a case. */
  latest(caseId: string): Subject | undefined {
    return this.#byCase.get(caseId);
  }

  /** The latest exchange of the case that this one's response must be like. */
  comparedWith({ comparedWith }: Subject["contractCase"]): Subject | undefined {
    return comparedWith === undefined ? undefined : this.latest(comparedWith);
  }

  /** Bodies of the same resource, read by its owner with GET, oldest first. */
  readings(subject: Reader): readonly Subject[] {
    return this.#readings.get(resourceKey(subject)) ?? [];
  }
}

function resourceKey({ contractCase: { operationId, parameters } }: Reader): string {
  const sorted = Object.entries(parameters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([operationId, sorted]);
}
