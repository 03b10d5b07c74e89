import { intersect, typesOf, valuesOf } from "./json-types.ts";
import { narrowerNumber } from "./read-form.ts";
import type { SchemaForm, SchemaReader, Term, Union } from "./schema-form.ts";
import { listedApart } from "./schema-form.ts";

/** Alternatives that no value could be confused between, such as a text or null, are one schema. */
export function joinAlternatives(reader: SchemaReader, form: SchemaForm): SchemaForm {
  return form.unions.reduce((joined, union) => {
    if (form.discriminator) return joined;
    const branches = union.branches.map((branch) => reader.formOf(branch));
    const [first, ...more] = branches;
    if (!first || !branches.every(isSimple)) return joined;
    const one = more.reduce<SchemaForm | undefined>((all, other) => all && join(all, other), first);
    if (!one) return joined;
    return meet({ ...joined, unions: joined.unions.filter((other) => other !== union) }, one);
  }, form);
}

const agnostic = ["not", "if", "then", "else"];

function isSimple({ unions, parts }: SchemaForm): boolean {
  return unions.length === 0 && !agnostic.some((keyword) => parts.has(keyword));
}

/** The schema that admits what one or the other does; undefined unless their types, or their listed values, are apart. */
function join(one: SchemaForm, other: SchemaForm): SchemaForm | undefined {
  const [left, right] = [one, other].map(({ types, values }) => values ?? valuesOf(types));
  const hasFacets = [one, other].some(
    ({ facets, parts, properties }) => facets.size + parts.size + properties.size > 0,
  );
  const areApart = intersect(one.types, other.types).size === 0;
  if (!areApart && (hasFacets || !left || !right || intersect(left, right).size > 0))
    return undefined;
  const isListed = one.values !== undefined || other.values !== undefined;
  const origins = new Map([...other.origins, ...one.origins]);
  if (one.values && other.values) origins.set(listedApart, one.origins.get("") ?? "#");
  if (isListed && (!left || !right)) return undefined;
  return {
    ...one,
    types: new Set([...one.types, ...other.types]),
    values: isListed && left && right ? new Set([...left, ...right]) : undefined,
    facets: new Map([...one.facets, ...other.facets]),
    required: new Set([...one.required, ...other.required]),
    properties: new Map([...one.properties, ...other.properties]),
    parts: new Map([...one.parts, ...other.parts]),
    prefix: one.prefix.length > 0 ? one.prefix : other.prefix,
    discriminator: one.discriminator ?? other.discriminator,
    origins,
  };
}

/** The schema that admits what both do. */
function meet(one: SchemaForm, other: SchemaForm): SchemaForm {
  const facets = new Map(one.facets);
  for (const [keyword, value] of other.facets) {
    const known = facets.get(keyword);
    const areNumbers = typeof known === "number" && typeof value === "number";
    facets.set(keyword, areNumbers ? narrowerNumber(keyword, known, value) : value);
  }
  const bothListed = one.values && other.values && intersect(one.values, other.values);
  const values = bothListed ?? one.values ?? other.values;
  const types = intersect(one.types, other.types);
  return {
    ...one,
    types: values ? intersect(types, typesOf(values)) : types,
    values,
    facets,
    required: new Set([...one.required, ...other.required]),
    properties: meetTerms(one.properties, other.properties),
    parts: meetTerms(one.parts, other.parts),
    prefix: one.prefix.length > 0 ? one.prefix : other.prefix,
    unions: [...one.unions, ...other.unions],
    discriminator: one.discriminator ?? other.discriminator,
    default: one.default ?? other.default,
    origins: new Map([...other.origins, ...one.origins]),
  };
}

function meetTerms(
  one: ReadonlyMap<string, Term>,
  other: ReadonlyMap<string, Term>,
): ReadonlyMap<string, Term> {
  const all = new Map(one);
  for (const [name, term] of other) all.set(name, [...(all.get(name) ?? []), ...term]);
  return all;
}

/** The form of one alternative with what stands beside the alternatives. */
export function withinUnion(form: SchemaForm, union: Union, branch: SchemaForm): SchemaForm {
  return meet({ ...form, unions: form.unions.filter((other) => other !== union) }, branch);
}
