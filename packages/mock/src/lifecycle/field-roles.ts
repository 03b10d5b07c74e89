import type {
  CompiledInvariant,
  JsonObject,
  Lifecycle,
  Located,
  ResponseRules,
} from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";

/** A count and the total that it grows to. */
export interface ProgressFields {
  readonly count: string;
  readonly total: string;
}

/** The purpose of each field of a resource, as the document's rules and examples tell it. */
export interface FieldRoles {
  /** Fields that repeat a path parameter, each with its name. */
  readonly path: ReadonlyMap<string, string>;
  /** Fields that belong to the resource and are the same in each of its states. */
  readonly own: readonly string[];
  /** Fields that hold a date-time. */
  readonly dates: readonly string[];
  /** Dates that move with every change. */
  readonly touched: readonly string[];
  readonly progress: ProgressFields | undefined;
  /** Objects of counts that add up to the total. */
  readonly breakdowns: readonly string[];
}

/**
 * Finds the purpose of each field of a resource, so that a new field needs no code:
 *
 * - a field that an invariant ties to the status changes with the status;
 * - a field that is the same in the examples of every status of the order, and not tied to the status, belongs to the resource;
 * - a date that differs from example to example, from the first on, moves with every change;
 * - two whole numbers of which an invariant says `self.a <= self.b` are a count and its total.
 */
export function readFieldRoles(
  properties: ReadonlyMap<string, Located>,
  rules: ResponseRules,
  lifecycle: Lifecycle,
  pathFields: ReadonlyMap<string, string>,
  examples: ReadonlyMap<string, JsonObject>,
): FieldRoles {
  const running = lifecycle.order
    .map((status) => examples.get(status))
    .filter((example) => example !== undefined);
  const named = running.flatMap((example) => Object.keys(example));
  const fields = [...new Set([...properties.keys(), ...named])];
  const path = new Map([...pathFields].filter(([field]) => fields.includes(field)));
  const tied = fieldsTiedToStatus(rules, lifecycle);
  const dates = fields.filter((field) => properties.get(field)?.value["format"] === "date-time");
  const isConstant = (field: string): boolean =>
    new Set(running.map((example) => JSON.stringify(example[field]))).size <= 1;
  const progress = findProgress(rules, properties);
  const initial = examples.get(lifecycle.initial);
  return {
    path,
    dates,
    progress,
    own: fields.filter(
      (field) =>
        !path.has(field) &&
        !tied.has(field) &&
        field !== progress?.count &&
        field !== progress?.total &&
        isConstant(field),
    ),
    touched: dates.filter((field) => typeof initial?.[field] === "string" && !isConstant(field)),
    breakdowns: findBreakdowns(progress, running),
  };
}

function fieldsTiedToStatus(rules: ResponseRules, lifecycle: Lifecycle): ReadonlySet<string> {
  const tied = new Set([lifecycle.property]);
  for (const invariant of ownInvariants(rules)) {
    const fields = invariant.references.flatMap(({ variable, path }) =>
      variable === "self" && typeof path[0] === "string" ? [path[0]] : [],
    );
    if (!fields.includes(lifecycle.property)) continue;
    for (const field of fields) tied.add(field);
  }
  return tied;
}

function ownInvariants(rules: ResponseRules): readonly CompiledInvariant[] {
  return rules.sites
    .filter((site) => site.path.length === 0)
    .flatMap((site) => site.invariants.invariants);
}

function findProgress(
  rules: ResponseRules,
  properties: ReadonlyMap<string, Located>,
): ProgressFields | undefined {
  const isWhole = (field: string): boolean => {
    const type = properties.get(field)?.value["type"];
    return type === "integer" || (Array.isArray(type) && type.includes("integer"));
  };
  for (const { rule } of ownInvariants(rules)) {
    const [, count, total] = /\bself\.(\w+)\s*<=\s*self\.(\w+)/.exec(rule) ?? [];
    if (count === undefined || total === undefined) continue;
    if (isWhole(count) && isWhole(total)) return { count, total };
  }
  return undefined;
}

function findBreakdowns(
  progress: ProgressFields | undefined,
  examples: readonly JsonObject[],
): readonly string[] {
  if (progress === undefined) return [];
  const found = examples.flatMap((example) =>
    Object.entries(example)
      .filter(([, value]) => sumOfCounts(value) === example[progress.total])
      .map(([field]) => field),
  );
  return [...new Set(found)];
}

/** The sum of an object's members if all are whole numbers. */
export function sumOfCounts(value: unknown): number | undefined {
  if (!isJsonObject(value)) return undefined;
  let sum = 0;
  for (const member of Object.values(value)) {
    if (typeof member !== "number" || !Number.isInteger(member)) return undefined;
    sum += member;
  }
  return sum;
}
