import type { Check, Confirmation, Finding, Severity } from "../checks/check.ts";
import type { Violation } from "../report/report.ts";

/** A finding, with everything that its report needs. */
export interface FoundViolation {
  readonly check: Check;
  readonly severity: Severity;
  readonly operationId: string;
  readonly caseId: string;
  readonly finding: Omit<Finding, "earlier" | "confirmation">;
  readonly curl: string;
  /** Whether one like it was found before. */
  readonly isKnown: boolean;
  /** What must be asked before it is reported. */
  readonly confirmation?: Confirmation | undefined;
}

/** Keeps each violation once, with the shortest way to see it again. */
export class ViolationCollector {
  readonly #byKey = new Map<string, Violation>();

  add({ check, severity, operationId, caseId, finding, curl }: FoundViolation): void {
    const key = keyOf(check.id, operationId, finding);
    const known = this.#byKey.get(key);
    if (known === undefined) {
      const { id, why, fix } = check;
      this.#byKey.set(key, {
        check: id,
        operationId,
        ...finding,
        severity,
        why,
        fix,
        curl,
        cases: [caseId],
      });
      return;
    }
    const cases = known.cases.includes(caseId) ? known.cases : [...known.cases, caseId];
    const isWorse = severity === "error" && known.severity === "warning";
    const isShorter = severity === known.severity && curl.length < known.curl.length;
    const shown = isWorse || isShorter ? { ...finding, severity, curl } : {};
    this.#byKey.set(key, { ...known, ...shown, cases });
  }

  /** Whether a violation like it was found before. */
  has(check: Check, operationId: string, finding: Pick<Finding, "pointer">): boolean {
    return this.#byKey.has(keyOf(check.id, operationId, finding));
  }

  /** Removes the violations that turn out to mean nothing. */
  drop(isVoid: (violation: Violation) => boolean): void {
    for (const [key, violation] of this.#byKey) if (isVoid(violation)) this.#byKey.delete(key);
  }

  /** In the order they were found, errors first. */
  list(): readonly Violation[] {
    const all = [...this.#byKey.values()];
    return [
      ...all.filter((one) => one.severity === "error"),
      ...all.filter((one) => one.severity === "warning"),
    ];
  }
}

function keyOf(
  checkId: string,
  operationId: string,
  { pointer }: Pick<Finding, "pointer">,
): string {
  // Items of a list count as one place: a fault in one is usually in all.
  return JSON.stringify([checkId, operationId, pointer?.replaceAll(/\/\d+(?=\/|$)/g, "/*")]);
}
