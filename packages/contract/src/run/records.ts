import { isDeepStrictEqual } from "node:util";
import type { Collection, JsonObject, Lifecycle, Operation } from "@qontext/sync-log-document";
import {
  appendPointer,
  isJsonObject,
  isSameInstant,
  readProperties,
  schemaAt,
  successResponses,
  templateParameters,
  valueAt,
} from "@qontext/sync-log-document";
import type { ContractCase } from "../plan/contract-case.ts";
import { listPointer } from "../plan/plan-input.ts";
import type { Specification } from "../specification.ts";

/** A record with a lifecycle that a body shows: the body itself, or an item of its list. */
export interface ShownRecord {
  /** Where in the body. */
  readonly pointer: string;
  readonly value: JsonObject;
  readonly lifecycle: Lifecycle;
  /** The same in whatever body the record is shown; undefined if it does not say which one it is. */
  readonly key: string | undefined;
  /** What it is read with by itself. */
  readonly parameters: ContractCase["parameters"];
}

/** What tells which records a response shows. */
interface Shown {
  readonly specification: Specification;
  readonly operation: Operation;
  readonly contractCase: Pick<ContractCase, "provider" | "parameters">;
  readonly body: unknown;
}

/** The list in the body of a collection; undefined where there is none. */
export function listIn({ specification, operation, body }: Shown): readonly unknown[] | undefined {
  const pointer = listPointer({ specification, operation });
  const list = pointer === undefined ? undefined : valueAt(body, pointer);
  return Array.isArray(list) ? list : undefined;
}

/** Which collection a response is about, the list as a whole or an item of it; undefined if it is none. */
export function scopeOf(shown: Shown): string | undefined {
  const { specification, operation } = shown;
  const own = specification.collections.find((one) => [one.list, one.item].includes(operation));
  return own && keyOf(shown, own.list, inPath(own.list, shown));
}

/** The records that a response shows. Every reading of one has the same key, of whichever operation it is. */
export function recordsIn(shown: Shown): readonly ShownRecord[] {
  const { specification, operation, contractCase, body } = shown;
  const { parameters } = contractCase;
  const own = specification.collections.find(({ item }) => item === operation);
  const lifecycle = lifecycleOf(specification, own?.item ?? operation);
  if (lifecycle !== undefined && isJsonObject(body)) {
    const named = own === undefined ? parameters : inPath(own.item, shown);
    const key = keyOf(shown, operation, named);
    return [{ pointer: "", value: body, lifecycle, key, parameters: named }];
  }
  return specification.collections
    .filter(({ list }) => list === operation)
    .flatMap((collection) => itemsIn(shown, collection));
}

function itemsIn(shown: Shown, collection: Collection): readonly ShownRecord[] {
  const { item, list, listPath, idParameter, idProperty } = collection;
  const lifecycle = lifecycleOf(shown.specification, item);
  if (lifecycle === undefined) return [];
  return (listIn(shown) ?? []).flatMap((value, index) => {
    if (!isJsonObject(value)) return [];
    const id = idProperty === undefined ? undefined : value[idProperty];
    const isId = typeof id === "string" || typeof id === "number";
    const parameters = { ...inPath(list, shown), ...(isId && { [idParameter]: String(id) }) };
    const key = isId ? keyOf(shown, item, parameters) : undefined;
    const pointer = appendPointer("", ...listPath, index);
    return [{ pointer, value, lifecycle, key, parameters }];
  });
}

function lifecycleOf({ rules }: Specification, operation: Operation): Lifecycle | undefined {
  const [success] = successResponses(operation);
  return success && rules.rulesOf(success).lifecycle;
}

function inPath(operation: Operation, { contractCase }: Shown): ContractCase["parameters"] {
  const names = templateParameters(operation.path);
  return Object.fromEntries(names.map((name) => [name, contractCase.parameters[name] ?? ""]));
}

function keyOf(
  { contractCase }: Shown,
  operation: Operation,
  parameters: ContractCase["parameters"],
): string {
  const sorted = Object.entries(parameters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([contractCase.provider, operation.id, sorted]);
}

/**
 * What a record was before, as an operation would have shown it. Where another one did: what that leaves out or adds as null,
 * and what the document does not have, is as it is now; a time is written as it is now.
 */
export function asShownBy(
  specification: Specification,
  operation: Operation,
  before: JsonObject,
  shownBy: Operation,
  now: JsonObject,
): JsonObject {
  if (shownBy === operation) return before;
  if (isDeepStrictEqual(before, now)) return now;
  const known = documentedNames(specification, operation);
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const isEmpty = (before[name] ?? null) === null && (now[name] ?? null) === null;
      const isAsNow = isEmpty || !known.has(name);
      if (!Object.hasOwn(isAsNow ? now : before, name)) return [];
      return [[name, isAsNow ? now[name] : inNotationOf(now[name], before[name])]];
    }),
  );
}

/** A value, with each time in it that is the same point in time as in another value written as there (RFC 3339, section 5.6). */
function inNotationOf(other: unknown, value: unknown): unknown {
  if (typeof value === "string" && typeof other === "string")
    return value !== other && isSameInstant(value, other) ? other : value;
  if (Array.isArray(value) && Array.isArray(other))
    return value.map((one, index) => inNotationOf(other[index], one));
  if (!isJsonObject(value) || !isJsonObject(other)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, inNotationOf(other[name], one)]),
  );
}

const namesByOperation = new WeakMap<Operation, ReadonlySet<string>>();

/** The properties that the document gives the record that an operation answers with. */
function documentedNames(
  { document, collections }: Specification,
  operation: Operation,
): ReadonlySet<string> {
  const item = collections.find(({ list }) => list === operation)?.item ?? operation;
  const found = namesByOperation.get(item);
  if (found !== undefined) return found;
  const pointer = successResponses(item)[0]?.content[0]?.schemaPointer;
  const schema = pointer === undefined ? undefined : schemaAt(document, pointer);
  const names = new Set(schema === undefined ? [] : readProperties(document, schema).keys());
  namesByOperation.set(item, names);
  return names;
}
