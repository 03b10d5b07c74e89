import type { RuleOutcomes, Subject } from "../run/subject.ts";
import type { Specification } from "../spec/operation.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { AssumptionOutcome, Coverage } from "./coverage.ts";
import { schemaKeywords } from "./schema-keywords.ts";

/** Watches the exchanges of a run and keeps what of the document they exercised. */
export class CoverageRecorder {
  readonly #specification: Specification;
  readonly #statuses = new Map<string, Map<number, number>>();
  readonly #keywords = new Set<string>();
  readonly #checks = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #refuted = new Set<string>();

  constructor(specification: Specification) {
    this.#specification = specification;
  }

  addSubject(subject: Subject): void {
    const { operation, response, documented, visits, rules } = subject;
    if (response === undefined) return;
    const statuses = this.#statuses.get(operation.id) ?? new Map<number, number>();
    this.#statuses.set(
      operation.id,
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1),
    );
    if (documented !== undefined) this.#seen.add(documented.pointer);
    for (const header of documented?.headers ?? []) {
      if (headerValue(response.headers, header.name) !== undefined) this.#seen.add(header.pointer);
    }
    for (const { schemaPointer, schema } of visits) {
      this.#seen.add(schemaPointer);
      for (const keyword of Object.keys(schema)) this.#keywords.add(`${schemaPointer} ${keyword}`);
    }
    this.#addSchemaErrors(subject);
    this.#addRules(subject, rules);
  }

  addCheck(checkId: string): void {
    this.#checks.set(checkId, (this.#checks.get(checkId) ?? 0) + 1);
  }

  /** A value that breaks its schema refutes what is assumed about it; a property that is missing, that it is always present. */
  #addSchemaErrors({ schemaErrors = [], visits }: Subject): void {
    for (const { pointer, keyword } of schemaErrors) {
      for (const visit of visits)
        if (visit.pointer === pointer) this.#refuted.add(visit.schemaPointer);
      if (keyword !== "required") continue;
      const slash = pointer.lastIndexOf("/");
      for (const visit of visits) {
        if (visit.pointer === pointer.slice(0, slash))
          this.#refuted.add(`${visit.schemaPointer}/properties${pointer.slice(slash)}`);
      }
    }
  }

  #addRules({ visits, documented }: Subject, rules: RuleOutcomes): void {
    const owners = [
      ...visits.map((visit) => visit.schemaPointer),
      ...(documented === undefined ? [] : [documented.pointer]),
    ];
    for (const owner of new Set(owners)) {
      const invariants =
        this.#specification.rules.get(owner)?.invariants ??
        (owner === documented?.pointer ? documented.invariants : undefined);
      for (const [index, { id, rule }] of (invariants?.invariants ?? []).entries()) {
        const places = [
          `${owner}/x-invariants/${index}`,
          ...(rule.includes("canFollow(") ? [`${owner}/x-lifecycle`] : []),
        ];
        const isBroken = rules.violations.some(
          (violation) => violation.id === id && violation.kind === "violated",
        );
        for (const place of places) {
          if (isBroken) this.#refuted.add(place);
          else if (rules.passed.includes(id)) this.#seen.add(place);
        }
      }
    }
  }

  /** What was exercised so far, against everything there is. */
  toCoverage(checkIds: readonly string[]): Coverage {
    return {
      operations: this.#specification.operations.map((operation) => ({
        operationId: operation.id,
        path: operation.path,
        statuses: operation.responses.map(({ key }) => ({
          status: key,
          count: this.#countOf(operation.id, key),
        })),
        undocumentedStatuses: this.#undocumented(
          operation.id,
          operation.responses.map(({ key }) => key),
        ),
      })),
      keywords: this.#keywordCoverage(),
      checks: checkIds.map((id) => ({ id, count: this.#checks.get(id) ?? 0 })),
      assumptions: this.#specification.assumptions.map(({ pointer, text }) => ({
        pointer,
        text,
        outcome: this.#outcomeOf(pointer),
      })),
    };
  }

  #countOf(operationId: string, key: string): number {
    const entries = [...(this.#statuses.get(operationId) ?? [])];
    const matching = entries.filter(([status]) => matchesKey(status, key));
    return matching.reduce((sum, [, count]) => sum + count, 0);
  }

  #undocumented(
    operationId: string,
    keys: readonly string[],
  ): readonly { status: number; count: number }[] {
    const entries = [...(this.#statuses.get(operationId) ?? [])];
    return entries
      .filter(([status]) => status > 0 && !keys.some((key) => matchesKey(status, key)))
      .map(([status, count]) => ({ status, count }));
  }

  #keywordCoverage(): Coverage["keywords"] {
    const byKeyword = new Map<string, { exercised: number; total: number; missing: string[] }>();
    for (const { pointer, keyword } of schemaKeywords(this.#specification)) {
      const entry = byKeyword.get(keyword) ?? { exercised: 0, total: 0, missing: [] };
      entry.total += 1;
      if (this.#keywords.has(`${pointer} ${keyword}`)) entry.exercised += 1;
      else entry.missing.push(pointer);
      byKeyword.set(keyword, entry);
    }
    return [...byKeyword].map(([keyword, entry]) => ({ keyword, ...entry }));
  }

  #outcomeOf(pointer: string): AssumptionOutcome {
    if (this.#refuted.has(pointer)) return "refuted";
    return this.#seen.has(pointer) ? "confirmed" : "not seen";
  }
}

function matchesKey(status: number, key: string): boolean {
  return (
    key === "default" ||
    key === String(status) ||
    key.toUpperCase() === `${Math.floor(status / 100)}XX`
  );
}
