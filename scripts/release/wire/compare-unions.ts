import type { Direction } from "@qontext/sync-log-document";
import { compareStatements } from "./compare-statements.ts";
import type { Effect } from "./effect.ts";
import { combined } from "./effect.ts";
import { withinUnion } from "./join-forms.ts";
import { intersect } from "./json-types.ts";
import type { Difference, SchemaComparison, SchemaPair } from "./schema-comparison.ts";
import { finder } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader, Union } from "./schema-form.ts";
import type { Verdict } from "./verdict.ts";
import { law } from "./verdict.ts";

/** One of the schemas that a value may have. */
interface Alternative {
  readonly form: SchemaForm;
  /** The name of the component that it is, or its number. */
  readonly name: string;
  readonly isNamed: boolean;
}

/** Compares two schemas with their alternatives. */
export function compareUnions(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
): readonly Difference[] {
  const { base, revision } = comparison;
  const [from, to] = [before.unions, after.unions];
  if (from.length + to.length === 1) {
    const isWrapped = to[0]?.keyword === "oneOf";
    const sides = [alternatives(base, before), alternatives(revision, after)] as const;
    return compareAlternatives(comparison, ...sides, direction, { before, after, isWrapped });
  }
  const found = [...compareStatements(comparison, before, after, direction)];
  found.push(...compareDiscriminators(comparison, before, after, direction));
  const at = finder(before, after, direction);
  for (let index = 0; index < Math.max(from.length, to.length); index += 1) {
    const [one, other] = [from[index], to[index]];
    if (one && other) {
      const sides = [branches(base, one), branches(revision, other)] as const;
      found.push(
        ...compareAlternatives(comparison, ...sides, direction, {
          before,
          after,
          isWrapped: false,
        }),
      );
      const isTold = before.discriminator !== undefined && after.discriminator !== undefined;
      if (one.keyword !== other.keyword && !isTold) {
        const what = `\`${one.keyword}\` becomes \`${other.keyword}\``;
        const effect = other.keyword === "oneOf" ? "narrowed" : "widened";
        found.push(at(other.keyword, "alternatives-changed", effect, what));
      }
    } else if (one)
      found.push(
        at(one.keyword, `${kebabOf(one)}-removed`, "widened", `\`${one.keyword}\` is removed`),
      );
    else if (other)
      found.push(
        at(other.keyword, `${kebabOf(other)}-added`, "narrowed", `\`${other.keyword}\` is added`),
      );
  }
  return found;
}

function kebabOf({ keyword }: Union): string {
  return keyword === "oneOf" ? "one-of" : "any-of";
}

function alternatives(reader: SchemaReader, form: SchemaForm): readonly Alternative[] {
  const [union] = form.unions;
  if (!union) return [{ form, name: "the schema as it was", isNamed: false }];
  return branches(reader, union).map((branch) => ({
    ...branch,
    form: withinUnion(form, union, branch.form),
  }));
}

function branches(reader: SchemaReader, { branches: terms }: Union): readonly Alternative[] {
  return terms.map((term, index) => {
    const name = reader.nameOf(term);
    const form = reader.formOf(term);
    const words = name ?? (form.types.size === 1 ? [...form.types].join("") : String(index + 1));
    return { form, name: words, isNamed: name !== undefined };
  });
}

interface Surroundings {
  readonly before: SchemaForm;
  readonly after: SchemaForm;
  /** Whether a schema became one of several, exactly one of which must fit. */
  readonly isWrapped: boolean;
}

function compareAlternatives(
  comparison: SchemaComparison,
  before: readonly Alternative[],
  after: readonly Alternative[],
  direction: Direction,
  { before: whole, after: wholeAfter, isWrapped }: Surroundings,
): readonly Difference[] {
  const gone = new Set(before);
  const come = new Set(after);
  const found: Difference[] = [];
  const pair = (one: Alternative, other: Alternative): SchemaPair =>
    comparison.pairOf(one.form, other.form, direction);
  const effectBetween = (one: Alternative, other: Alternative): Effect =>
    combined(comparison.expand([pair(one, other)]).map(({ effect }) => effect));
  const pairUp = (fits: (one: Alternative, other: Alternative) => boolean): void => {
    for (const one of gone) {
      const partner = [...come].find((other) => fits(one, other));
      if (!partner) continue;
      gone.delete(one);
      come.delete(partner);
      found.push(pair(one, partner));
    }
  };
  pairUp((one, other) => one.isNamed && one.name === other.name);
  pairUp((one, other) => effectBetween(one, other) === "annotation");
  pairUp(
    (one, other) =>
      tagOf(comparison.base, one.form) !== "" &&
      tagOf(comparison.base, one.form) === tagOf(comparison.revision, other.form),
  );
  if (gone.size === 1 && come.size === 1 && before.length === after.length) pairUp(() => true);
  else pairUp((one, other) => overlap(one.form, other.form) > 0.5);
  const union = wholeAfter.unions[0] ?? whole.unions[0];
  const at = finder(whole, wholeAfter, direction);
  const keyword = union?.keyword ?? "oneOf";
  const id = keyword === "oneOf" ? "one-of" : "any-of";
  for (const one of gone) {
    // What another alternative admits is still admitted.
    const isKept = after.some((other) =>
      ["widened", "annotation"].includes(effectBetween(one, other)),
    );
    if (!isKept)
      found.push(
        at(
          keyword,
          `${id}-removed`,
          "narrowed",
          `the alternative \`${one.name}\` is removed`,
          undefined,
          union ? undefined : "base",
        ),
      );
  }
  for (const other of come) {
    if (before.some((one) => ["narrowed", "annotation"].includes(effectBetween(one, other))))
      continue;
    const isAmbiguous =
      isWrapped &&
      after.some((own) => own !== other && !areApart(comparison.revision, own.form, other.form));
    const effect = isAmbiguous ? "changed" : "widened";
    const what = isAmbiguous
      ? `it becomes one of several schemas, exactly one of which must fit, among them \`${other.name}\``
      : `the alternative \`${other.name}\` is added`;
    found.push(at(keyword, isWrapped ? "wrapped-in-one-of" : `${id}-added`, effect, what));
  }
  return found;
}

/** The properties that have one value only, as they tell alternatives apart. */
function tagOf(reader: SchemaReader, form: SchemaForm): string {
  const tags = [...form.properties].flatMap(([name, term]) => {
    const { values } = reader.formOf(term);
    return values?.size === 1 ? [`${name}=${[...values].join("")}`] : [];
  });
  return tags.toSorted().join(" ");
}

/** How much of two schemas' properties is the same, from 0 to 1. */
function overlap(one: SchemaForm, other: SchemaForm): number {
  const [left, right] = [new Set(one.properties.keys()), new Set(other.properties.keys())];
  const all = new Set([...left, ...right]).size;
  if (all > 0) return intersect(left, right).size / all;
  return intersect(one.types, other.types).size === one.types.size ? 1 : 0;
}

/** Whether no value fits both, as far as it can be seen: other types, other values, or a property that tells them apart. */
function areApart(reader: SchemaReader, one: SchemaForm, other: SchemaForm): boolean {
  if (intersect(one.types, other.types).size === 0) return true;
  if (one.values && other.values && intersect(one.values, other.values).size === 0) return true;
  return [...intersect(one.required, other.required)].some((name) => {
    const [left, right] = [one.properties.get(name), other.properties.get(name)].map(
      (term) => term && reader.formOf(term),
    );
    if (!left || !right) return false;
    if (intersect(left.types, right.types).size === 0) return true;
    return (
      left.values !== undefined &&
      right.values !== undefined &&
      intersect(left.values, right.values).size === 0
    );
  });
}

const hint: Verdict = ["minor", "the values that are exchanged stay the same"];

/** A discriminator says which alternative a value has; the alternatives that only it names are compared here. */
function compareDiscriminators(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
): readonly Difference[] {
  const [one, other] = [before.discriminator, after.discriminator];
  if (!one && !other) return [];
  const at = finder(before, after, direction);
  if (!one || !other) {
    const verb = one ? "removed" : "added";
    return [
      at(
        "discriminator",
        `discriminator-${verb}`,
        "annotation",
        `the discriminator is ${verb}`,
        hint,
      ),
    ];
  }
  const found: Difference[] = [];
  if (one.property !== other.property) {
    const what = `the alternatives are told apart by \`${other.property}\` instead of \`${one.property}\``;
    found.push(
      at("discriminator", "discriminator-property-name-changed", "annotation", what, hint),
    );
  }
  const { base, revision } = comparison;
  for (const name of new Set([...one.mapping.keys(), ...other.mapping.keys()])) {
    const [from, to] = [one.mapping.get(name), other.mapping.get(name)];
    if (!from || !to) {
      const verb = from ? "deleted" : "added";
      found.push(
        at(
          "discriminator",
          `discriminator-mapping-${verb}`,
          "annotation",
          `the discriminator's value \`${name}\` is ${from ? "removed" : "added"}`,
          hint,
        ),
      );
      continue;
    }
    const pair = comparison.pairTerms(from, to, direction);
    const [was, is] = [base.nameOf(from), revision.nameOf(to)];
    if (was === is) found.push(pair);
    else {
      const effect = combined(comparison.expand([pair]).map((finding) => finding.effect));
      if (effect === "annotation") continue;
      const what = `the discriminator's value \`${name}\` means \`${is}\` instead of \`${was}\``;
      found.push(
        at(
          "discriminator",
          "discriminator-mapping-changed",
          "annotation",
          what,
          law[direction][effect],
        ),
      );
    }
  }
  return found;
}
