import type { Direction } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import type { Difference, SchemaComparison } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader } from "./schema-form.ts";
import { kebab } from "./show-values.ts";
import type { Verdict } from "./verdict.ts";
import { mustBeSent, noLongerRead, noLongerSent, verdictOfAdded } from "./verdict.ts";

function isHidden({ readOnly, writeOnly }: SchemaForm, direction: Direction): boolean {
  return direction === "request" ? readOnly : writeOnly;
}

export const isNever = (form: SchemaForm | undefined): boolean => form?.types.size === 0;

/** Whether an object may not have other properties than those that are named. */
export function isClosed(reader: SchemaReader, { parts }: SchemaForm): boolean {
  return ["additionalProperties", "unevaluatedProperties"].some((keyword) => {
    const term = parts.get(keyword);
    return term !== undefined && isNever(reader.formOf(term));
  });
}

/** The one property that went, if the one that came is the same in everything but its name. */
function findRenamed(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
): { readonly from: string; readonly to: string } | undefined {
  const gone = [...before.properties].filter(([name]) => !after.properties.has(name));
  const come = [...after.properties].filter(([name]) => !before.properties.has(name));
  const [lost, gained] = [gone[0], come[0]];
  if (!lost || !gained || gone.length + come.length !== 2) return undefined;
  const [[from, one], [to, other]] = [lost, gained];
  const [was, is] = [comparison.base.formOf(one), comparison.revision.formOf(other)];
  if (isHidden(was, direction) || isHidden(is, direction)) return undefined;
  const isSame =
    before.required.has(from) === after.required.has(to) &&
    comparison.expand([comparison.pairOf(was, is, direction)]).length === 0;
  return isSame ? { from, to } : undefined;
}

/** Compares what an object has under names, in a direction: what is never sent or answered is not there. */
export function compareProperties(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
): readonly Difference[] {
  const { base, revision } = comparison;
  const found: Difference[] = [];
  const isSent = direction === "request";
  const renamed = findRenamed(comparison, before, after, direction);
  for (const name of new Set([
    ...before.properties.keys(),
    ...after.properties.keys(),
    ...before.required,
    ...after.required,
  ])) {
    const [from, to] = [before.properties.get(name), after.properties.get(name)];
    const [one, other] = [from && base.formOf(from), to && revision.formOf(to)];
    const hides = [one, other].map((form) => form !== undefined && isHidden(form, direction));
    const [was, is] = [one && !hides[0], other && !hides[1]];
    const side = to ? "revision" : "base";
    const pointer = (to ?? from)?.[0]?.pointer ?? (to ? after : before).origins.get("") ?? "#";
    const flag = isSent ? "readOnly" : "writeOnly";
    const report = (id: string, effect: Effect, what: string, verdict?: Verdict): void => {
      found.push({ id, direction, effect, verdict, side, pointer, what });
    };
    const needed = [before.required.has(name) && !hides[0], after.required.has(name) && !hides[1]];
    if (name === renamed?.to) continue;
    if (name === renamed?.from) {
      const what = `the property is removed, or is now called \`${renamed.to}\``;
      const [bump, why] = isSent ? noLongerSent : noLongerRead;
      const remedy = `${isSent ? "Send" : "Read"} \`${renamed.to}\` instead.`;
      report("property-renamed", "changed", what, [bump, why, remedy]);
    } else if (was && !is) {
      const what = other ? `the property becomes \`${flag}\`` : "the property is removed";
      const id = other ? `property-became-${kebab(flag)}` : "property-removed";
      report(
        id,
        isClosed(base, before) ? "narrowed" : "widened",
        what,
        isSent ? noLongerSent : noLongerRead,
      );
    } else if (is && !was) {
      const what = one
        ? `the property is no longer \`${flag}\``
        : `the property is added${needed[1] ? ", and required" : ""}`;
      const id = one
        ? `property-became-not-${kebab(flag)}`
        : needed[1]
          ? "new-required-property"
          : "property-added";
      const widens = isClosed(base, before);
      const verdict = isSent || !widens ? verdictOfAdded(isSent, needed[1] === true) : undefined;
      report(id, widens ? (needed[1] ? "changed" : "widened") : "narrowed", what, verdict);
    } else {
      if (needed[0] !== needed[1]) {
        const what = `the property becomes ${needed[1] ? "required" : "optional"}`;
        report(
          needed[1] ? "property-became-required" : "property-became-optional",
          needed[1] ? "narrowed" : "widened",
          from || to ? what : `\`${name}\` becomes ${needed[1] ? "required" : "optional"}`,
          isSent && needed[1] ? mustBeSent : undefined,
        );
      }
      if (is && was && from && to) found.push(comparison.pairTerms(from, to, direction));
    }
  }
  return found;
}
