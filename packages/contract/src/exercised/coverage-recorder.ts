import { isDeepStrictEqual } from "node:util";
import {
  appendPointer,
  isJsonObject,
  pointerTokens,
  responseFor,
  statusesOf,
  successResponses,
} from "@qontext/sync-log-document";
import type { Located, Operation } from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import { isErrorStatus, isSuccessStatus } from "../wire/exchange.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { AssumptionOutcome, Coverage, Seen } from "../report/report.ts";
import { schemaKeywords } from "./schema-keywords.ts";
import type { SchemaVisit } from "./visit-schema.ts";
import { undocumentedProperties } from "./visit-schema.ts";

/** More are not listed. */
const maxUndocumented = 20;

/** Records which parts of the document the exchanges of a run exercised. */
export class CoverageRecorder {
  readonly #specification: Specification;
  readonly #statuses = new Map<string, Map<number, number>>();
  readonly #keywords = new Set<string>();
  readonly #checks = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #refuted = new Set<string>();
  readonly #undocumentedInErrors = new Set<string>();
  /** What the same bytes were found to be need not be added twice. */
  readonly #added = new WeakSet<readonly SchemaVisit[]>();
  readonly #lifecycleStatuses = new Map<string, Set<string>>();

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
    if (isSuccessStatus(response.status)) this.#seen.add(operation.node.pointer);
    if (documented !== undefined) this.#seen.add(documented.node.pointer);
    for (const [name, { pointer }] of documented?.headers ?? []) {
      if (headerValue(response.headers, name) !== undefined) this.#seen.add(pointer);
    }
    for (const { schema, value } of this.#added.has(visits) ? [] : visits) {
      this.#seen.add(schema.pointer);
      this.#addValue(operation.id, schema, value);
      for (const keyword of Object.keys(schema.value))
        this.#keywords.add(`${schema.pointer} ${keyword}`);
    }
    this.#added.add(visits);
    if (isErrorStatus(response.status))
      for (const pointer of undocumentedProperties(visits)) this.#undocumentedInErrors.add(pointer);
    this.#addSchemaErrors(subject);
    this.#addRules(subject);
  }

  /** Notes which value of an enum, and which status of a lifecycle, a value is. */
  #addValue(operationId: string, { pointer, value: schema }: Located, value: unknown): void {
    const allowed = schema["enum"];
    const index = Array.isArray(allowed)
      ? allowed.findIndex((one) => isDeepStrictEqual(one, value))
      : -1;
    if (index !== -1) this.#keywords.add(`${appendPointer(pointer, "enum", index)} enum`);
    const lifecycle = schema["x-lifecycle"];
    if (!isJsonObject(lifecycle) || !isJsonObject(value)) return;
    const status = value[String(lifecycle["property"])];
    if (typeof status !== "string") return;
    const seen = this.#lifecycleStatuses.get(operationId) ?? new Set<string>();
    this.#lifecycleStatuses.set(operationId, seen.add(status));
  }

  /**
   * Which statuses of their lifecycles the resources of each operation were seen in, by itself or in its list. A list is an
   * operation of its own only where its items are not judged.
   */
  statusesSeen(): Seen["statuses"] {
    const { operations, rules, collections } = this.#specification;
    return operations.flatMap((operation) => {
      const { item = operation } = collections.find(({ list }) => list === operation) ?? {};
      if (item !== operation && operations.includes(item)) return [];
      const [success] = successResponses(item);
      const lifecycle = success === undefined ? undefined : rules.rulesOf(success).lifecycle;
      if (lifecycle === undefined) return [];
      const lists = collections.filter((one) => one.item === item).map(({ list }) => list);
      const all = new Set(
        [item, ...lists].flatMap(({ id }) => [...(this.#lifecycleStatuses.get(id) ?? [])]),
      );
      const known = statusesOf(lifecycle);
      return [
        {
          operationId: operation.id,
          seen: [...all].toSorted((left, right) => known.indexOf(left) - known.indexOf(right)),
          missing: known.filter((status) => !all.has(status)),
        },
      ];
    });
  }

  /** The operations that never had a success. */
  missingOperations(): readonly string[] {
    return this.#specification.operations
      .map(({ id }) => id)
      .filter((id) => ![...(this.#statuses.get(id)?.keys() ?? [])].some(isSuccessStatus));
  }

  /** The properties of bodies of errors that the document does not have, as JSON pointers. */
  undocumentedInErrors(): readonly string[] {
    return [...this.#undocumentedInErrors].slice(0, maxUndocumented);
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
      for (const place of this.#placesOf(pointer, keyword)) {
        entry.total += 1;
        if (this.#keywords.has(`${place} ${keyword}`)) entry.exercised += 1;
        else entry.missing.push(place);
      }
      byKeyword.set(keyword, entry);
    }
    return [...byKeyword].map(([keyword, entry]) => ({ keyword, ...entry }));
  }

  /** The places that a keyword is exercised at: itself, or each of its values. */
  #placesOf(pointer: string, keyword: string): readonly string[] {
    const values =
      keyword === "enum" ? this.#specification.document.at(appendPointer(pointer, keyword)) : [];
    return Array.isArray(values) && values.length > 0
      ? values.map((_value, index) => appendPointer(pointer, keyword, index))
      : [pointer];
  }

  #outcomeOf(pointer: string): AssumptionOutcome {
    if (this.#refuted.has(pointer)) return "refuted";
    return this.#seen.has(pointer) ? "holds" : "not seen";
  }
}
