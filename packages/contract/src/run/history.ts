import type { Subject } from "./subject.ts";
import { isReading } from "./subject.ts";

/** The exchanges so far. */
export interface History {
  /** The latest exchange of a case. */
  latest(caseId: string): Subject | undefined;
  /** The latest exchange of the case that this one's response must be like. */
  comparedWith(contractCase: Subject["contractCase"]): Subject | undefined;
  /** Bodies of the same resource, read by its owner with GET, oldest first. */
  readings(subject: Pick<Subject, "contractCase">): readonly Subject[];
}

/** A history that can grow. */
export class GrowingHistory implements History {
  readonly #byCase = new Map<string, Subject>();
  readonly #readings = new Map<string, Subject[]>();

  add(subject: Subject): void {
    this.#byCase.set(subject.contractCase.id, subject);
    if (!isReading(subject)) return;
    const key = resourceKey(subject);
    const list = this.#readings.get(key);
    if (list === undefined) this.#readings.set(key, [subject]);
    else list.push(subject);
  }

  latest(caseId: string): Subject | undefined {
    return this.#byCase.get(caseId);
  }

  comparedWith({ comparedWith }: Subject["contractCase"]): Subject | undefined {
    return comparedWith === undefined ? undefined : this.latest(comparedWith);
  }

  readings(subject: Pick<Subject, "contractCase">): readonly Subject[] {
    return this.#readings.get(resourceKey(subject)) ?? [];
  }
}

function resourceKey(subject: Pick<Subject, "contractCase">): string {
  const { operationId, parameters } = subject.contractCase;
  return JSON.stringify([
    operationId,
    Object.entries(parameters).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  ]);
}
