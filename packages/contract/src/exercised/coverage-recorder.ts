import { appendPointer, pointerTokens, responseFor } from "@qontext/sync-log-document";
import type { Operation } from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { AssumptionOutcome, Coverage } from "../report/report.ts";
import { schemaKeywords } from "./schema-keywords.ts";

/** Records which parts of the document the exchanges of a run exercised. */
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
    const { operation, response, documented, visits } = subject;
    if (response === undefined) return;
    const statuses = this.#statuses.get(operation.id) ?? new Map<number, number>();
    this.#statuses.set(
      operation.id,
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1),
    );
    if (documented !== undefined) this.#seen.add(documented.node.pointer);
    for (const [name, { pointer }] of documented?.headers ?? []) {
      if (headerValue(response.headers, name) !== undefined) this.#seen.add(pointer);
    }
    for (const { schema } of visits) {
      this.#seen.add(schema.pointer);
      for (const keyword of Object.keys(schema.value))
        this.#keywords.add(`${schema.pointer} ${keyword}`);
    }
    this.#addSchemaErrors(subject);
    this.#addRules(subject);
  }

  addCheck(checkId: string): void {
    this.#checks.set(checkId, (this.#checks.get(checkId) ?? 0) + 1);
  }

  /** An invalid value refutes the assumption of its schema; a missing property, that of the property. */
  #addSchemaErrors({ schemaErrors = [], visits }: Subject): void {
    for (const { pointer, keyword } of schemaErrors) {
      const name = pointerTokens(pointer).at(-1);
      const owner = pointer.slice(0, pointer.lastIndexOf("/"));
      for (const { schema, pointer: place } of visits) {
        if (place === pointer) this.#refuted.add(schema.pointer);
        if (keyword === "required" && place === owner && name !== undefined)
          this.#refuted.add(appendPointer(schema.pointer, "properties", name));
      }
    }
  }

  #addRules({ rules, ruleReport: { violations, passed } }: Subject): void {
    const broken = new Set(
      violations.filter(({ kind }) => kind === "violated").map(({ id }) => id),
    );
    for (const { pointer, invariants } of rules?.sites ?? []) {
      for (const [index, { id, rule }] of invariants.invariants.entries()) {
        const places = [appendPointer(pointer, "x-invariants", index)];
        if (rule.includes("canFollow(")) places.push(appendPointer(pointer, "x-lifecycle"));
        const found = broken.has(id) ? this.#refuted : passed.includes(id) ? this.#seen : undefined;
        for (const place of places) found?.add(place);
      }
    }
  }

  /** What was exercised so far, compared with the whole document. */
  toCoverage(checkIds: readonly string[]): Coverage {
    return {
      operations: this.#specification.operations.map((operation) =>
        this.#operationCoverage(operation),
      ),
      keywords: this.#keywordCoverage(),
      checks: checkIds.map((id) => ({ id, count: this.#checks.get(id) ?? 0 })),
      assumptions: this.#specification.assumptions.map(({ pointer, text }) => ({
        pointer,
        text,
        outcome: this.#outcomeOf(pointer),
      })),
    };
  }

  #operationCoverage(operation: Operation): Coverage["operations"][number] {
    const { id, path, responses } = operation;
    const seen = [...(this.#statuses.get(id) ?? [])].map(([status, count]) => ({
      status,
      count,
      documented: responseFor(operation, status),
    }));
    return {
      operationId: id,
      path,
      statuses: responses.map((response) => ({
        status: response.status,
        count: seen
          .filter(({ documented }) => documented === response)
          .reduce((sum, { count }) => sum + count, 0),
      })),
      undocumentedStatuses: seen
        .filter(({ status, documented }) => status > 0 && documented === undefined)
        .map(({ status, count }) => ({ status, count })),
    };
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
